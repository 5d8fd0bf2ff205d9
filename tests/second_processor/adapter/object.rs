//! Lumen's one object, and what its versions mean for the books.

use holdfast_events::{
    Authorization, Conversion, Notice, NoticeOrigin, Outcome, PurchaseDetails, Topic,
};
use holdfast_funding::processor::{
    Action, AuthorizationRequest, CardMessage, Content, Merchant, MessageEffect, Notification, Raw,
};
use holdfast_ledger::fact::{ClearingRecord, Fact, Kind, Links, Message, Role, Source, State};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::{AccountToken, CardToken, TransactionToken};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// One purchase as it is now. Amounts are in minor units and absolute: what is authorized and what is cleared of it
/// in total.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct LumenObject {
    pub(super) id: String,
    pub(super) version: u32,
    status: LumenStatus,
    account: String,
    card: String,
    currency: String,
    authorized_minor: i64,
    #[serde(default)]
    cleared_minor: i64,
    merchant: String,
    /// Lumen waits so long for this response.
    #[serde(default)]
    respond_within_ms: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LumenStatus {
    Requested,
    Open,
    Closed,
    Declined,
}

/// One fact of one version.
pub(super) struct LumenUpdate {
    /// The family it is stored under, by which a replay finds it again.
    pub(super) family: &'static str,
    token: TransactionToken,
    message: CardMessage,
    topic: Topic,
}

impl LumenObject {
    /// The request to authorize this total.
    pub(super) fn request(&self) -> Option<AuthorizationRequest> {
        let currency = Currency::parse(&self.currency)?;
        let amount = minor(self.authorized_minor, currency);
        let fact = self.fact(Source::Decision, Kind::Original, self.token("")?, amount)?;
        let links = Links::new(fact.token.clone());
        Some(AuthorizationRequest {
            token: self.versioned("")?,
            content_hash: self.content_hash(),
            account: AccountToken::parse(&self.account).ok()?,
            card: CardToken::parse(&self.card).ok(),
            card_product: None,
            transaction_type: "purchase".to_owned(),
            method: "lumen.authorize".to_owned(),
            state: State::Pending,
            action: if self.version == 1 {
                Action::Hold
            } else {
                Action::Increment
            },
            amount,
            currency_code: self.currency.clone(),
            currency: Some(currency),
            decimals: 0,
            cash_back_amount: Amount::ZERO,
            is_cash_withdrawal: false,
            partial_approval_capable: false,
            purchase_amount_only: false,
            mcc: None,
            mid: Some(self.merchant.clone()),
            attributes: Default::default(),
            message: Some(Message {
                fact,
                links: links.clone(),
                role: Role::Original,
            }),
            links,
            summary: format!(r#"{{"id":"{}","version":{}}}"#, self.id, self.version),
            event: self.event(amount.text(currency)),
            respond_within: self.respond_within_ms.map(Duration::from_millis),
            responder: super::responder(self),
        })
    }

    fn event(&self, requested_amount: String) -> Authorization {
        Authorization {
            decision: String::new(),
            transaction: format!("lumen:{}:{}", self.id, self.version),
            jit_token: None,
            account: self.account.clone(),
            acting_user: None,
            card: Some(self.card.clone()),
            card_product: None,
            transaction_type: "purchase".to_owned(),
            method: "lumen.authorize".to_owned(),
            outcome: Outcome::Declined,
            reason: None,
            because: None,
            decided_by: None,
            control: None,
            policy: None,
            requested_amount,
            approved_amount: "0".to_owned(),
            cash_back_amount: None,
            currency: self.currency.clone(),
            hold: None,
            hold_after: None,
            merged_holds: Vec::new(),
            balances: Vec::new(),
            occurred_at: None,
            received_at: String::new(),
            decided_at: String::new(),
            details: PurchaseDetails::default(),
            conversion: Conversion::default(),
            rules: 0,
            controls: 0,
        }
    }

    /// What is authorized, and what is cleared where anything is.
    pub(super) fn updates(&self) -> Vec<LumenUpdate> {
        let authorized = self.update("", State::Pending, Kind::Original, self.authorized_minor);
        let clearing = Kind::Clearing {
            is_final: self.status == LumenStatus::Closed,
            released: Amount::ZERO,
            record: ClearingRecord::default(),
        };
        let cleared = (self.cleared_minor > 0)
            .then(|| self.update(".cleared", State::Completion, clearing, self.cleared_minor));
        authorized.into_iter().chain(cleared.flatten()).collect()
    }

    fn update(&self, part: &str, state: State, kind: Kind, amount: i64) -> Option<LumenUpdate> {
        let state = if self.status == LumenStatus::Declined {
            State::Declined
        } else {
            state
        };
        let (family, topic, role) = match kind {
            Kind::Clearing { .. } => ("lumen.cleared", Topic::Clearings, Role::FollowUp),
            _ => ("lumen.authorized", Topic::Notices, Role::Original),
        };
        let amount = minor(amount, Currency::parse(&self.currency)?);
        let source = Source::Notified(state.clone());
        let fact = self.fact(source, kind, self.token(part)?, amount)?;
        let token = self.versioned(part)?;
        let message = CardMessage {
            token: token.clone(),
            version: state.as_str().to_owned(),
            transaction_type: format!("purchase{part}"),
            account: AccountToken::parse(&self.account).ok(),
            cardholder: None,
            card: CardToken::parse(&self.card).ok(),
            links: Links {
                preceding: fact.preceding.clone(),
                ..Links::new(fact.token.clone())
            },
            amount: Some(amount),
            created: None,
            merchant: Merchant::default(),
            finding: None,
            notice: Notice {
                transaction: Some(token.to_string()),
                state: Some(state.as_str().to_owned()),
                transaction_type: Some("purchase".to_owned()),
                origin: NoticeOrigin {
                    family: family.to_owned(),
                    account: Some(self.account.clone()),
                    ..NoticeOrigin::default()
                },
                ..Notice::default()
            },
            effect: MessageEffect::Book {
                fact: Box::new(fact),
                role,
            },
            state,
        };
        Some(LumenUpdate {
            family,
            token,
            message,
            topic,
        })
    }

    fn fact(
        &self,
        source: Source,
        kind: Kind,
        token: TransactionToken,
        amount: Amount,
    ) -> Option<Fact> {
        let own = self.token("")?;
        Some(Fact {
            preceding: (token != own).then_some(own),
            version: self.version,
            ..Fact::new(
                token,
                source,
                kind,
                amount,
                Currency::parse(&self.currency)?,
            )
        })
    }

    /// Our name for the object, or for a part of it.
    fn token(&self, part: &str) -> Option<TransactionToken> {
        TransactionToken::parse(&format!("lumen:{}{part}", self.id)).ok()
    }

    /// Our name for this version of it.
    fn versioned(&self, part: &str) -> Option<TransactionToken> {
        TransactionToken::parse(&format!("lumen:{}{part}:{}", self.id, self.version)).ok()
    }

    fn content_hash(&self) -> [u8; 32] {
        let Self {
            id,
            version,
            account,
            authorized_minor,
            ..
        } = self;
        Sha256::digest(format!("{id} {version} {account} {authorized_minor}")).into()
    }
}

impl LumenUpdate {
    pub(super) fn content(self) -> Content {
        Content::CardMessage(Box::new(self.message))
    }

    pub(super) fn notification(self, raw: &str) -> Notification {
        Notification {
            family: self.family.to_owned(),
            raw: Raw(raw.into()),
            content_hash: Sha256::digest(format!("{} {raw}", self.token)).into(),
            topic: self.topic,
            content: self.content(),
        }
    }
}

/// Minor units as an amount: 4210 cents are 42.10.
fn minor(units: i64, currency: Currency) -> Amount {
    let value = rust_decimal::Decimal::new(units, currency.exponent());
    Amount::new(value).unwrap_or(Amount::ZERO)
}
