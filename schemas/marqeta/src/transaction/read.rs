//! Reading a transaction. Requests and notifications are read by the same code; they differ in what counts as a
//! fault ([`Purpose`]). The order of reading is the order of the errors.

mod funding;
mod outcome;

use super::{JitFunding, Terminal, Transaction};
use crate::address::AddressVerification;
use crate::chain::network_chain;
use crate::merchant::OriginalMoney;
use crate::{attributes, merchant};
use funding::Funding;
use holdfast_events::json::{FieldError, Object};
use holdfast_ledger::control::TransactionAttributes;
use holdfast_ledger::fact::State;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, JitToken, OrderToken, TransactionToken,
};

/// What a transaction is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To decide: any fault is answered 400.
    Request,
    /// To book: what the books depend on must be readable, everything else informs.
    Notification,
}

impl Transaction {
    /// Reads one transaction.
    ///
    /// # Errors
    /// [`FieldError`] when it is no transaction at all: no object, a key twice at its top, no token.
    pub(crate) fn parse(raw: &str, purpose: Purpose) -> Result<Self, FieldError> {
        let top = Object::parse(raw)?;
        let token = top.token("token", TransactionToken::parse)?;
        let token = token.ok_or_else(|| top.missing("token"))?;
        let mut reader = Reader {
            purpose,
            faults: Vec::new(),
        };
        let mut read = reader.transaction(&top, token);
        read.faults = reader.faults;
        Ok(read)
    }
}

/// Collects what could not be read of the fields that count for the purpose.
struct Reader {
    purpose: Purpose,
    faults: Vec<FieldError>,
}

type Read<T> = Result<Option<T>, FieldError>;

impl Reader {
    fn is_request(&self) -> bool {
        self.purpose == Purpose::Request
    }

    /// A field that counts for requests and notifications.
    fn keep<T>(&mut self, read: Read<T>) -> Option<T> {
        read.unwrap_or_else(|fault| {
            self.faults.push(fault);
            None
        })
    }

    /// A field that counts for this purpose alone.
    fn keep_for<T>(&mut self, purpose: Purpose, read: Read<T>) -> Option<T> {
        if self.purpose == purpose {
            self.keep(read)
        } else {
            read.unwrap_or_default()
        }
    }

    /// A field that counts for both, and without which no request can be decided.
    fn need<T>(&mut self, object: &Object<'_>, name: &str, read: Read<T>) -> Option<T> {
        let is_absent = matches!(read, Ok(None));
        if is_absent && self.is_request() {
            self.faults.push(object.missing(name));
        }
        self.keep(read)
    }

    fn transaction(&mut self, top: &Object<'_>, token: TransactionToken) -> Transaction {
        let transaction_type = self.need(top, "type", top.text("type")).unwrap_or_default();
        let own_currency = self.need(top, "currency_code", top.text("currency_code"));
        let Funding {
            flow,
            order,
            jit,
            gateway_log,
        } = self.funding(top);
        let currency_code = own_currency.or_else(|| order.as_ref()?.lenient_text("currency_code"));
        let currency = currency_code.as_deref().and_then(Currency::parse);
        let block = jit.as_ref();
        let names = |block| self.jit_names(block, currency);
        let mut jit = block.map(names).unwrap_or_default();
        let acceptor = self.informing(top, "card_acceptor");
        let terminal = self.terminal(top, acceptor.as_ref());
        let merchant = merchant::read(acceptor.as_ref());
        let attributes = match self.purpose {
            Purpose::Request => {
                attributes::read(top, acceptor.as_ref(), &transaction_type, &merchant)
            }
            Purpose::Notification => TransactionAttributes::default(),
        };
        let card_use = attributes::read_card_use(top, acceptor.as_ref());
        let state = self.read_state(top);
        let acting_user = acting_user(top, block.filter(|_| self.is_request()));
        let card = self.keep(top.token("card_token", CardToken::parse));
        let cardholder = self.cardholder(top);
        jit.amount =
            block.and_then(|block| self.need(block, "amount", block.amount("amount", currency)));
        let amount = self.keep(top.amount("amount", currency));
        let for_requests = |name| top.amount(name, currency);
        let request_amount = self.keep_for(Purpose::Request, for_requests("request_amount"));
        let cash_back_amount = self.keep_for(Purpose::Request, for_requests("cash_back_amount"));
        let order = order.and_then(|order| self.keep(order.token("token", OrderToken::parse)));
        jit.original = block.and_then(|block| self.read_original_jit(block));
        let preceding = self.link(top, "preceding_related_transaction_token");
        let original = self.link(top, "original_transaction_token");
        let is_final_clearing = self.keep_for(Purpose::Notification, top.flag("is_final_clearing"));
        let amount_to_be_released = self.keep(top.amount("amount_to_be_released", currency));
        let credit = self.informing(top, "original_credit");
        let original_money = self.keep_for(Purpose::Request, OriginalMoney::read(top));
        let outcome = self.outcome(top, gateway_log.as_ref(), currency_code.as_deref());
        Transaction {
            token,
            transaction_type,
            state,
            flow,
            jit,
            cardholder,
            acting_user,
            card,
            card_product: top
                .token("card_product_token", CardProductToken::parse)
                .unwrap_or_default(),
            amount,
            request_amount,
            cash_back_amount,
            currency_code,
            currency,
            order,
            preceding,
            original,
            network_chain: network_chain(top),
            created: top.moment("created_time").unwrap_or_default(),
            authorization_expiration: top.moment("authorization_expiration").unwrap_or_default(),
            merchant,
            attributes,
            terminal,
            card_use,
            is_preauthorization: is_set(top, "is_preauthorization"),
            is_final_clearing,
            amount_to_be_released,
            fast_funds: credit.is_some_and(|credit| is_set(&credit, "fast_funds_enabled")),
            network: top.lenient_text("network"),
            subnetwork: top.lenient_text("subnetwork"),
            original_money,
            outcome,
            faults: Vec::new(),
        }
    }

    /// An object that only informs. In a request a key twice in it is a fault all the same.
    fn informing<'a>(&mut self, object: &Object<'a>, name: &str) -> Option<Object<'a>> {
        self.keep_for(Purpose::Request, object.informative_object(name))
    }

    /// The JIT block without its amount and link, which are read after the card. The business counts only where no
    /// user is named.
    fn jit_names(&mut self, jit: &Object<'_>, currency: Option<Currency>) -> JitFunding {
        let token = self.need(jit, "token", jit.token("token", JitToken::parse));
        let method = self.need(jit, "method", jit.text("method"));
        let user = self.keep(jit.token("user_token", AccountToken::parse));
        let business = if user.is_none() || self.is_request() {
            self.keep(jit.token("business_token", AccountToken::parse))
        } else {
            None
        };
        if user.is_none() && business.is_none() && self.is_request() {
            self.faults.push(jit.missing("user_token"));
        }
        JitFunding {
            token,
            method,
            user,
            business,
            decimals: if currency.is_none() && self.is_request() {
                decimals_sent(jit)
            } else {
                0
            },
            address_verification: self
                .is_request()
                .then(|| AddressVerification::read(jit))
                .flatten(),
            ..JitFunding::default()
        }
    }

    /// The state, on which no decision depends: in a request anything that reads as a text will do.
    fn read_state(&mut self, top: &Object<'_>) -> State {
        let text = if self.is_request() {
            top.lenient_text("state")
        } else {
            self.keep(top.text("state"))
        };
        State::parse(&text.unwrap_or_default())
    }

    fn read_original_jit(&mut self, jit: &Object<'_>) -> Option<JitToken> {
        self.keep(jit.token("original_jit_funding_token", JitToken::parse))
    }

    fn cardholder(&mut self, top: &Object<'_>) -> Option<AccountToken> {
        if self.is_request() {
            return None;
        }
        let user = self.keep(top.token("user_token", AccountToken::parse));
        user.or_else(|| self.keep(top.token("business_token", AccountToken::parse)))
    }

    fn link(&mut self, top: &Object<'_>, name: &str) -> Option<TransactionToken> {
        self.keep(top.token(name, TransactionToken::parse))
    }

    /// What the terminal can do, as both message models name it.
    fn terminal(&mut self, top: &Object<'_>, acceptor: Option<&Object<'_>>) -> Terminal {
        if !self.is_request() {
            return Terminal::default();
        }
        let poi = acceptor.and_then(|acceptor| self.informing(acceptor, "poi"));
        let Some(pos) = self.informing(top, "pos").or(poi) else {
            return Terminal::default();
        };
        Terminal {
            partial_approval_capable: is_set(&pos, "partial_approval_capable"),
            purchase_amount_only: is_set(&pos, "purchase_amount_only"),
        }
    }
}

/// Who transacted, for information: a token that cannot be read is absent. A request's JIT block comes first.
fn acting_user(top: &Object<'_>, jit: Option<&Object<'_>>) -> Option<AccountToken> {
    let named = |object: &Object<'_>| {
        let token = object.token("acting_user_token", AccountToken::parse);
        token.unwrap_or_default()
    };
    jit.and_then(named).or_else(|| named(top))
}

/// Flags only widen what we may do, so one that cannot be read is off.
fn is_set(object: &Object<'_>, name: &str) -> bool {
    matches!(object.flag(name), Ok(Some(true)))
}

/// Decimals in the text of the amount, zeros and all; those of the value where it has an exponent.
fn decimals_sent(jit: &Object<'_>) -> u32 {
    const DECIMALS_MAX: usize = 12;
    let text = jit.lenient_text("amount").unwrap_or_default();
    let decimals = match text.split_once('.') {
        Some((_, decimals)) if !text.contains(['e', 'E']) => decimals.len(),
        _ => Amount::parse(&text).map_or(0, |amount| amount.value().scale() as usize),
    };
    u32::try_from(decimals.min(DECIMALS_MAX)).unwrap_or_default()
}
