//! What Marqeta would write: requests and notifications as JSON text, amounts exact.

use crate::program::{Ending, Links, Message, Program};
use crate::wording::Order;
use std::fmt::Write;
use time::OffsetDateTime;

/// Writes the messages of one run of a program. Every run has names of its own.
#[derive(Debug, Clone)]
pub(crate) struct Letters {
    /// Begins every token.
    pub(crate) prefix: String,
    /// The run's second zero, since 1970.
    pub(crate) began: i64,
}

impl Letters {
    pub(crate) fn account(&self, number: usize) -> String {
        format!("{}-a{number}", self.prefix)
    }

    pub(crate) fn transaction(&self, message: u32) -> String {
        format!("{}-t{message}", self.prefix)
    }

    pub(crate) fn card(&self, account: usize, card: u32) -> String {
        format!("{}-c{account}.{card}", self.prefix)
    }

    /// A request for the smallest amount, with this card and a token that no message has.
    pub(crate) fn probe(&self, program: &Program, account: usize, card: u32) -> Option<String> {
        let (currency, _) = program.accounts[account].money.first()?;
        let owner = match program.accounts[account].is_business {
            true => "business_token",
            false => "user_token",
        };
        let (name, card) = (self.account(account), self.card(account, card));
        let (amount, code) = (currency.text(1), currency.code());
        Some(format!(
            r#"{{"type":"authorization","state":"PENDING","token":"{card}-probe","card_token":"{card}","amount":{amount},"currency_code":"{code}","card_acceptor":{{"mid":"probe","mcc":"5411"}},"gpa_order":{{"token":"{card}-order","jit_funding":{{"token":"{card}-jit","method":"pgfs.authorization","{owner}":"{name}","amount":{amount}}}}}}}"#
        ))
    }

    fn jit(&self, message: u32) -> String {
        format!("{}-j{message}", self.prefix)
    }

    /// The body of `POST /jit`.
    pub(crate) fn request(&self, program: &Program, message: u32) -> String {
        let message = program.message(message);
        let amount = message.asked.unwrap_or(message.amount);
        let state = message.wording.success;
        self.write(
            program,
            message,
            &Says {
                state,
                amount,
                ..Says::default()
            },
        )
    }

    /// One item of an envelope.
    pub(crate) fn notification(&self, program: &Program, message: u32, ending: Ending) -> String {
        let message = program.message(message);
        if ending == Ending::Twin {
            return self.twin(message);
        }
        let state = ending.state(message);
        let says = Says {
            state,
            amount: message.amount,
            is_bare: message.is_bare,
            timed_out: ending == Ending::TimedOut,
            is_notified: true,
        };
        self.write(program, message, &says)
    }

    /// What Marqeta books for its own load of the account; it shares the order and nothing else.
    fn twin(&self, message: &Message) -> String {
        let token = format!("{}-w{}", self.prefix, message.id);
        let account = self.account(message.account);
        let amount = message.currency.text(message.amount);
        let (kind, field) = match message.wording.order {
            Order::Load => ("gpa.credit.authorization", "gpa_order"),
            Order::Unload => ("gpa.debit", "gpa_order_unload"),
        };
        format!(
            r#"{{"type":"{kind}","state":"PENDING","token":"{token}","user_token":"{account}","created_time":"{}","amount":{amount},"currency_code":"{}","{field}":{{"token":"{}","amount":{amount},"currency_code":"{}","state":"PENDING"}}}}"#,
            self.time(message.at),
            message.currency.code(),
            self.order(message),
            message.currency.code(),
        )
    }

    fn order(&self, message: &Message) -> String {
        format!("{}-o{}", self.prefix, message.purchase)
    }

    pub(crate) fn time(&self, at: i64) -> String {
        let time = OffsetDateTime::from_unix_timestamp(self.began + at).unwrap();
        let (hour, minute, second) = time.to_hms();
        format!("{}T{hour:02}:{minute:02}:{second:02}Z", time.date())
    }

    fn write(&self, program: &Program, message: &Message, says: &Says) -> String {
        let (wording, currency) = (message.wording, message.currency);
        let account = self.account(message.account);
        let owner = owner(program, message);
        let whole = message.whole.filter(|_| says.amount == message.amount);
        let whole = currency.text(whole.unwrap_or(says.amount));
        let mut text = String::with_capacity(900);
        let _ = write!(
            text,
            r#"{{"type":"{}","state":"{}","token":"{}","{owner}":"{account}","acting_user_token":"{account}","card_token":"{}-c{}.{}","currency_code":"{}","card_acceptor":{{"mid":"m{}","mcc":"{}"}}"#,
            wording.kind,
            says.state,
            self.transaction(message.id),
            self.prefix,
            message.account,
            message.card,
            currency.code(),
            message.shop.unwrap_or(message.purchase),
            message.mcc,
        );
        if wording.names_amount() {
            let _ = write!(text, r#","amount":{whole},"request_amount":{whole}"#);
        }
        if says.is_notified && message.shop.is_none() {
            let _ = write!(text, r#","approval_code":"P{}""#, message.purchase);
        }
        self.write_rarities(&mut text, message);
        if !says.is_bare {
            self.write_order(&mut text, program, message, says);
        }
        text.push('}');
        text
    }

    fn write_rarities(&self, text: &mut String, message: &Message) {
        let currency = message.currency;
        let Links {
            preceding, series, ..
        } = message.links;
        if !message.is_timeless {
            let _ = write!(text, r#","created_time":"{}""#, self.time(message.at));
        }
        let _ = series.map(|id| {
            let token = self.transaction(id);
            write!(text, r#","original_transaction_token":"{token}""#)
        });
        let _ = preceding.map(|id| {
            let token = self.transaction(id);
            write!(text, r#","preceding_related_transaction_token":"{token}""#)
        });
        let _ = message
            .expires
            .map(|at| write!(text, r#","authorization_expiration":"{}""#, self.time(at)));
        let _ = message.release.map(|amount| {
            write!(
                text,
                r#","amount_to_be_released":{}"#,
                currency.text(amount)
            )
        });
        if let Some((number, count)) = message.part {
            let _ = write!(
                text,
                r#","multi_clearing_sequence_number":"{number}","multi_clearing_sequence_count":"{count}""#
            );
        }
        if message.is_last {
            text.push_str(r#","is_final_clearing":true"#);
        }
        if message.is_fast {
            text.push_str(r#","original_credit":{"fast_funds_enabled":true}"#);
        }
        if message.wording.name.starts_with("chargeback") {
            let case = self.order(message);
            let _ = write!(
                text,
                r#","chargeback":{{"token":"{case}-cb","state":"INITIATED"}}"#
            );
        }
    }

    fn write_order(&self, text: &mut String, program: &Program, message: &Message, says: &Says) {
        let (owner, account) = (owner(program, message), self.account(message.account));
        let field = match message.wording.order {
            Order::Load => "gpa_order",
            Order::Unload => "gpa_order_unload",
        };
        let amount = message.currency.text(says.amount);
        let amount = match message.wording.names_amount() {
            true => format!(r#""amount":{amount},"#),
            false => String::new(),
        };
        let Links {
            original, order, ..
        } = message.links;
        let _ = write!(text, r#","{field}":{{"#);
        if order {
            let _ = write!(text, r#""token":"{}","#, self.order(message));
        }
        if says.timed_out {
            text.push_str(r#""funding":{"gateway_log":{"timed_out":true}},"#);
        }
        let _ = write!(
            text,
            r#"{amount}"currency_code":"{}","state":"{}","jit_funding":{{{amount}"token":"{}","method":"{}","{owner}":"{account}""#,
            message.currency.code(),
            says.state,
            self.jit(message.id),
            message.wording.method,
        );
        let _ = original.map(|id| {
            let token = self.jit(id);
            write!(text, r#","original_jit_funding_token":"{token}""#)
        });
        text.push_str("}}");
    }
}

/// What of a message differs from one telling to the next.
#[derive(Debug, Default)]
struct Says {
    state: &'static str,
    amount: i64,
    is_bare: bool,
    timed_out: bool,
    /// Requests have no approval code.
    is_notified: bool,
}

fn owner(program: &Program, message: &Message) -> &'static str {
    if program.accounts[message.account].is_business {
        "business_token"
    } else {
        "user_token"
    }
}
