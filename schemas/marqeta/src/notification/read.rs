//! Reading a notification: everything but the token may be missing or wrong.

use super::{Chargeback, Notification, PrecedingTransaction, Raw};
use crate::catalog::find_type;
use crate::chain::network_chain;
use crate::merchant::{Merchant, OriginalMoney};
use crate::request::Flow;
use holdfast_events::json::FieldError;
use holdfast_events::json::Object;
use holdfast_ledger::fact::{Role, State};
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, JitToken, OrderToken, TransactionToken,
};

impl Notification {
    /// Reads one item of an envelope's `transactions`.
    ///
    /// # Errors
    /// [`FieldError`] when it is no transaction at all: no object, a key twice at its top, no token.
    pub fn parse(raw: &str) -> Result<Self, FieldError> {
        let top = Object::parse(raw)?;
        let token = top.token("token", TransactionToken::parse)?;
        let token = token.ok_or_else(|| top.missing("token"))?;
        let mut reader = Reader { faults: Vec::new() };
        let mut read = reader.transaction(&top, token);
        read.raw = Raw(raw.into());
        read.faults = reader.faults;
        Ok(read)
    }
}

/// Collects what could not be read of the fields that the books depend on.
struct Reader {
    faults: Vec<FieldError>,
}

/// The order and its JIT block, wherever they stand.
#[derive(Default)]
struct Funding<'a> {
    flow: Option<Flow>,
    order: Option<Object<'a>>,
    jit: Option<Object<'a>>,
    gateway_log: Option<Object<'a>>,
}

impl Reader {
    fn keep<T>(&mut self, read: Result<Option<T>, FieldError>) -> Option<T> {
        read.unwrap_or_else(|fault| {
            self.faults.push(fault);
            None
        })
    }

    fn transaction(&mut self, top: &Object<'_>, token: TransactionToken) -> Notification {
        let funding = self.funding(top);
        let (order, jit) = (funding.order.as_ref(), funding.jit.as_ref());
        let currency_code = self.currency_code(top, order);
        let currency = currency_code.as_deref().and_then(Currency::parse);
        let acceptor = lenient_object(Some(top), "card_acceptor");
        let response = lenient_object(Some(top), "response");
        let credit = lenient_object(Some(top), "original_credit");
        Notification {
            token,
            transaction_type: self.keep(top.text("type")).unwrap_or_default(),
            state: State::parse(&self.keep(top.text("state")).unwrap_or_default()),
            flow: funding.flow,
            method: self.of(jit, |jit| jit.text("method")),
            jit_token: self.of(jit, |jit| jit.token("token", JitToken::parse)),
            jit_amount: self.of(jit, |jit| jit.amount("amount", currency)),
            original_jit: self.of(jit, |jit| {
                jit.token("original_jit_funding_token", JitToken::parse)
            }),
            jit_account: jit.and_then(|jit| self.account(jit)),
            top_account: self.account(top),
            acting_user_token: top
                .token("acting_user_token", AccountToken::parse)
                .unwrap_or(None),
            card: self.keep(top.token("card_token", CardToken::parse)),
            card_product: top
                .token("card_product_token", CardProductToken::parse)
                .unwrap_or(None),
            amount: self.keep(top.amount("amount", currency)),
            request_amount: top.amount("request_amount", currency).unwrap_or(None),
            cash_back_amount: top.amount("cash_back_amount", currency).unwrap_or(None),
            currency,
            order: self.of(order, |order| order.token("token", OrderToken::parse)),
            order_state: order.and_then(|order| order.lenient_text("state")),
            preceding: self.link(top, "preceding_related_transaction_token"),
            original: self.link(top, "original_transaction_token"),
            created: top.moment("created_time").unwrap_or_default(),
            authorization_expiration: top.moment("authorization_expiration").unwrap_or_default(),
            response_code: response.and_then(|response| response.lenient_text("code")),
            approval_code: top.lenient_text("approval_code"),
            timed_out: funding
                .gateway_log
                .is_some_and(|log| is_set(&log, "timed_out")),
            standin_approved_by: top.lenient_text("standin_approved_by"),
            is_final_clearing: self.keep(top.flag("is_final_clearing")),
            amount_to_be_released: self.keep(top.amount("amount_to_be_released", currency)),
            multi_clearing_sequence_number: top.lenient_text("multi_clearing_sequence_number"),
            multi_clearing_sequence_count: top.lenient_text("multi_clearing_sequence_count"),
            clearing_record_sequence_number: top.lenient_text("clearing_record_sequence_number"),
            network_reference: top.lenient_text("network_reference_id"),
            acquirer_reference: top
                .lenient_text("acquirer_reference_data")
                .or_else(|| top.lenient_text("acquirer_reference_id")),
            preceding_transaction: preceding_transaction(top, currency),
            impacted_amount: impacted_amount(top, currency_code.as_deref()),
            chargeback: self.chargeback(top, currency),
            fast_funds: credit.is_some_and(|credit| is_set(&credit, "fast_funds_enabled")),
            merchant: Merchant::read(acceptor.as_ref()),
            network_chain: network_chain(top),
            network: top.lenient_text("network"),
            subnetwork: top.lenient_text("subnetwork"),
            original_money: OriginalMoney::read(top).unwrap_or(None),
            currency_code,
            faults: Vec::new(),
            raw: Raw("".into()),
        }
    }

    fn of<'a, T>(
        &mut self,
        object: Option<&Object<'a>>,
        read: impl FnOnce(&Object<'a>) -> Result<Option<T>, FieldError>,
    ) -> Option<T> {
        object.and_then(|object| self.keep(read(object)))
    }

    /// The JIT block stands in the order; one official sample has it in the order's `funding`.
    fn funding<'a>(&mut self, top: &Object<'a>) -> Funding<'a> {
        let mut found = Funding::default();
        for flow in [Flow::Load, Flow::Unload] {
            let Some(order) = self.keep(top.object(flow.field())) else {
                continue;
            };
            let funding = lenient_object(Some(&order), "funding");
            let jit = self
                .keep(order.object("jit_funding"))
                .or_else(|| self.of(funding.as_ref(), |funding| funding.object("jit_funding")));
            let gateway_log = lenient_object(funding.as_ref(), "gateway_log")
                .or_else(|| lenient_object(Some(&order), "gateway_log"));
            if found.order.is_none() || (found.jit.is_none() && jit.is_some()) {
                found = Funding {
                    flow: Some(flow),
                    order: Some(order),
                    jit,
                    gateway_log,
                };
            }
        }
        found
    }

    fn currency_code(&mut self, top: &Object<'_>, order: Option<&Object<'_>>) -> Option<String> {
        let own = self.keep(top.text("currency_code"));
        own.or_else(|| order.and_then(|order| order.lenient_text("currency_code")))
    }

    fn account(&mut self, object: &Object<'_>) -> Option<AccountToken> {
        let user = self.keep(object.token("user_token", AccountToken::parse));
        user.or_else(|| self.keep(object.token("business_token", AccountToken::parse)))
    }

    fn link(&mut self, top: &Object<'_>, name: &str) -> Option<TransactionToken> {
        self.keep(top.token(name, TransactionToken::parse))
    }

    /// The dispute. The books depend on it only where the type is a dispute's; elsewhere it informs.
    fn chargeback(&mut self, top: &Object<'_>, currency: Option<Currency>) -> Option<Chargeback> {
        if !is_dispute(top) {
            return informing_chargeback(top, currency);
        }
        let chargeback = self.keep(top.object("chargeback"))?;
        Some(Chargeback {
            token: chargeback.lenient_text("token"),
            state: chargeback.lenient_text("state"),
            amount: self.keep(chargeback.amount("amount", currency)),
            credit_user: self.keep(chargeback.flag("credit_user")),
        })
    }
}

fn is_dispute(top: &Object<'_>) -> bool {
    let name = top.lenient_text("type").unwrap_or_default();
    find_type(&name).is_some_and(|entry| entry.role == Role::Dispute)
}

fn informing_chargeback(top: &Object<'_>, currency: Option<Currency>) -> Option<Chargeback> {
    let chargeback = lenient_object(Some(top), "chargeback")?;
    Some(Chargeback {
        token: chargeback.lenient_text("token"),
        state: chargeback.lenient_text("state"),
        amount: chargeback.amount("amount", currency).unwrap_or_default(),
        credit_user: chargeback.flag("credit_user").unwrap_or_default(),
    })
}

/// An object that the books do not depend on.
fn lenient_object<'a>(parent: Option<&Object<'a>>, name: &str) -> Option<Object<'a>> {
    parent.and_then(|parent| parent.object(name).unwrap_or_default())
}

fn is_set(object: &Object<'_>, name: &str) -> bool {
    matches!(object.flag(name), Ok(Some(true)))
}

fn preceding_transaction(
    top: &Object<'_>,
    currency: Option<Currency>,
) -> Option<PrecedingTransaction> {
    let named = lenient_object(Some(top), "preceding_transaction")?;
    Some(PrecedingTransaction {
        token: named
            .token("token", TransactionToken::parse)
            .unwrap_or_default(),
        amount: named.amount("amount", currency).unwrap_or_default(),
    })
}

/// The block of the transaction's own currency; the outer block only where its currency is the same
/// (reference section 3.2).
fn impacted_amount(top: &Object<'_>, currency_code: Option<&str>) -> Option<Signed> {
    let gpa = lenient_object(Some(top), "gpa")?;
    let balances = lenient_object(Some(&gpa), "balances");
    let own = currency_code.and_then(|code| lenient_object(balances.as_ref(), code));
    let outer = gpa.lenient_text("currency_code");
    let same = outer.is_none() || outer.as_deref() == currency_code;
    let block = own.or(same.then_some(gpa))?;
    block.signed("impacted_amount").unwrap_or_default()
}
