//! The outcome of a message on the network's side: its state, and the reason.

use std::time::Duration;

use rust_decimal::Decimal;

use crate::{JitExchange, JitResponse, Json, Transaction, TransactionState};

/// Marqeta's own share of a transaction's duration.
const OWN_SHARE: Duration = Duration::from_millis(190);

/// The outcome in a notification, whatever the gateway decided.
#[derive(Clone, Debug)]
pub struct MessageOutcome {
    /// State in the notification.
    pub state: TransactionState,
    /// Amount in the notification: smaller than requested after a partial approval.
    pub amount: Decimal,
    /// The JIT exchange; `None` without a JIT request.
    pub exchange: Option<JitExchange>,
}

impl MessageOutcome {
    /// A successful message without a JIT request.
    pub fn without_request(of: &Transaction) -> Self {
        Self {
            state: of.kind.success_state(),
            amount: of.amount,
            exchange: None,
        }
    }

    /// The outcome after a JIT exchange: an approval succeeds, everything else is declined.
    pub fn after(of: &Transaction, exchange: JitExchange) -> Self {
        let (state, amount) = match exchange.response {
            JitResponse::Approved { amount } => (of.kind.success_state(), amount),
            _ => (TransactionState::Declined, of.amount),
        };
        Self {
            state,
            amount,
            exchange: Some(exchange),
        }
    }

    /// Whether the gateway did not respond within Marqeta's limit.
    pub fn timed_out(&self) -> bool {
        matches!(
            self.exchange,
            Some(JitExchange {
                response: JitResponse::Timeout,
                ..
            })
        )
    }

    /// `response` of the transaction.
    pub(super) fn render_response(&self) -> Json {
        let (code, memo) = if self.state.has_failed() {
            self.decline_code()
        } else if self.is_partial() {
            ("0002", "Partial amount approved")
        } else {
            ("0000", "Approved or completed successfully")
        };
        Json::object([("code", code.into()), ("memo", memo.into())])
    }

    /// `duration` of the transaction, from the network's request to its response.
    pub(super) fn total_duration(&self) -> Duration {
        OWN_SHARE
            + self
                .exchange
                .as_ref()
                .map_or(Duration::ZERO, |exchange| exchange.latency)
    }

    /// `gpa_order.funding.gateway_log`: our response as Marqeta records it.
    pub(super) fn gateway_log(&self, of: &Transaction) -> Option<Json> {
        let exchange = self.exchange.as_ref()?;
        let (code, message) = exchange.response.log_line();
        let mut log = Json::object([
            ("order_number", (&of.token).into()),
            ("transaction_id", (&of.jit_token).into()),
            ("message", message.into()),
            (
                "duration",
                Json::Raw(exchange.latency.as_millis().to_string()),
            ),
            ("timed_out", self.timed_out().into()),
            ("response", Json::object([("code", code.into())])),
        ]);
        if self.timed_out() {
            log.remove("transaction_id");
        } else if let Some(body) = &exchange.body {
            log.set("response.data", Json::from_received(body));
        }
        Some(log)
    }

    fn is_partial(&self) -> bool {
        matches!(&self.exchange, Some(exchange) if exchange.requested > self.amount)
    }

    /// Codes that Marqeta maps a gateway's reasons to; reasons without a known code keep the
    /// common one.
    fn decline_code(&self) -> (&'static str, &'static str) {
        let Some(JitResponse::Declined { reason }) =
            self.exchange.as_ref().map(|exchange| &exchange.response)
        else {
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

impl JitResponse {
    /// `gateway_log`: the response code and the message for the response.
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
