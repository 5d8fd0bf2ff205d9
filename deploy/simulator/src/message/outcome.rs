//! What became of a message, from the network's side: the state it tells and why.

use std::time::Duration;

use rust_decimal::Decimal;

use crate::{Heard, JitOutcome, Json, State, Transaction};

/// Marqeta's own share of a transaction's duration.
const OWN_SHARE: Duration = Duration::from_millis(190);

/// What is told about a message: the truth, whatever the gateway believes.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// State in the notification.
    pub state: State,
    /// Amount in the notification: a partial approval makes it smaller than what was asked for.
    pub amount: Decimal,
    /// What the gateway was heard to say; none if it was not asked.
    pub heard: Option<JitOutcome>,
}

impl Outcome {
    /// A message that went well without a question.
    pub fn unasked(of: &Transaction) -> Self {
        Self {
            state: of.kind.success(),
            amount: of.amount,
            heard: None,
        }
    }

    /// What follows from what was heard: only a heard approval goes on, all else is declined.
    pub fn after(of: &Transaction, heard: JitOutcome) -> Self {
        let (state, amount) = match heard.heard {
            Heard::Approved { amount } => (of.kind.success(), amount),
            _ => (State::Declined, of.amount),
        };
        Self {
            state,
            amount,
            heard: Some(heard),
        }
    }

    /// The gateway said nothing within Marqeta's limit.
    pub fn timed_out(&self) -> bool {
        matches!(
            self.heard,
            Some(JitOutcome {
                heard: Heard::Timeout,
                ..
            })
        )
    }

    /// `response` of the transaction.
    pub(super) fn response(&self) -> Json {
        let (code, memo) = if self.state.failed() {
            self.refusal()
        } else if self.partial() {
            ("0002", "Partial amount approved")
        } else {
            ("0000", "Approved or completed successfully")
        };
        Json::object([("code", code.into()), ("memo", memo.into())])
    }

    /// `duration` of the transaction, from the network's question to its answer.
    pub(super) fn duration(&self) -> Duration {
        OWN_SHARE
            + self
                .heard
                .as_ref()
                .map_or(Duration::ZERO, |heard| heard.latency)
    }

    /// `gpa_order.funding.gateway_log`: our answer as Marqeta keeps it.
    pub(super) fn gateway_log(&self, of: &Transaction) -> Option<Json> {
        let heard = self.heard.as_ref()?;
        let (code, message) = heard.heard.log_line();
        let mut log = Json::object([
            ("order_number", (&of.token).into()),
            ("transaction_id", (&of.jit_token).into()),
            ("message", message.into()),
            ("duration", Json::Raw(heard.latency.as_millis().to_string())),
            ("timed_out", self.timed_out().into()),
            ("response", Json::object([("code", code.into())])),
        ]);
        if self.timed_out() {
            log.remove("transaction_id");
        } else if let Some(answer) = &heard.answer {
            log.set("response.data", Json::received(answer));
        }
        Some(log)
    }

    fn partial(&self) -> bool {
        matches!(&self.heard, Some(heard) if heard.asked > self.amount)
    }

    /// Codes that Marqeta maps a gateway's reasons to; reasons without a known code keep the
    /// common one.
    fn refusal(&self) -> (&'static str, &'static str) {
        let Some(Heard::Declined { reason }) = self.heard.as_ref().map(|heard| &heard.heard) else {
            return ("1016", "Not sufficient funds");
        };
        match reason.as_str() {
            "INVALID_AMOUNT" => ("1883", "Invalid amount"),
            "INSUFFICIENT_FUNDS" => ("1884", "Not sufficient funds"),
            "TRANSACTION_NOT_PERMITTED" => ("1885", "Transaction not permitted"),
            "SUSPECTED_FRAUD" => ("1886", "Suspected fraud"),
            "AMOUNT_LIMIT_EXCEEDED" => ("1887", "Amount limit exceeded"),
            "TRANSACTION_COUNT_LIMIT_EXCEEDED" => ("1888", "Usage limit reached"),
            "DUPLICATE_TRANSACTION" => ("1889", "Duplicate transaction"),
            _ => ("1016", "Not sufficient funds"),
        }
    }
}

impl Heard {
    /// `gateway_log`: the response code and the message that go with what was heard.
    fn log_line(&self) -> (String, &'static str) {
        match self {
            Self::Approved { .. } => ("200".into(), "Approved or completed successfully"),
            Self::Declined { .. } => ("402".into(), "Declined by gateway."),
            Self::Error { status } => (status.to_string(), "Unable to parse gateway response"),
            Self::Timeout => ("97".into(), "Gateway timed out"),
            Self::ConnectionFailed => ("96".into(), "Gateway connection failed"),
        }
    }
}
