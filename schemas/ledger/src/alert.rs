//! What needs review by a person: the kinds of alert, how severe each is, and what to do about it.
//!
//! The books follow the messages all the same, unless the kind says otherwise. An alert carries the
//! figures and one sentence about what happened; what to do follows from its kind, in one place.

mod page;

pub use page::page;

use crate::money::{Currency, Signed};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// How severe an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; the books are right.
    Info,
    /// Money may be at stake: review it within days.
    Warning,
    /// Money is at stake, or is not booked: review it today.
    Critical,
}

impl Severity {
    /// As it is stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// The amounts of an alert: what was to be expected, and what was booked instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAmounts {
    /// Currency of both.
    pub currency: Currency,
    /// What was to be expected; `None` where nothing can be said.
    pub expected: Option<Signed>,
    /// What was booked.
    pub booked: Option<Signed>,
}

/// Defines the kinds, a line each: name, severity, what happened in general, what to do.
macro_rules! alert_kinds {
    ($($kind:ident $name:literal $severity:ident $about:literal $advice:literal)*) => {
        /// A kind of alert.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum AlertKind {
            $(#[doc = $about] $kind,)*
        }

        impl AlertKind {
            /// Every kind, in the order in which pages list them.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// As it is counted, stored and filtered by: snake case.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The kind of this name, if there is one.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
            }

            /// How severe it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$kind => Severity::$severity,)* }
            }

            /// What happened, in general.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$kind => $about,)* }
            }

            /// What to do about it, one sentence.
            #[must_use]
            pub fn advice(self) -> &'static str {
                match self { $(Self::$kind => $advice,)* }
            }
        }
    };
}

alert_kinds! {
    DuplicateTransaction "duplicate_transaction" Warning
        "A request repeated a transaction token with other content, or under another account; it was declined."
        "Ask Marqeta why one transaction token came with two contents."
    UnknownMethod "unknown_method" Warning
        "The JIT method is not in the table of messages; a request was declined, a notification was booked by its type."
        "Add the method to the table of messages."
    UnknownType "unknown_type" Critical
        "The transaction type is not in the table of messages; nothing was booked."
        "Add the type to the table of messages and replay the notification."
    UnknownState "unknown_state" Warning
        "The state is not in the table of messages; a transaction in it books nothing, a card or account in it is not blocked."
        "Ask Marqeta what the state means and add it to the table of messages."
    NotificationChanged "notification_changed" Warning
        "A notification came again with other content; the first one counts."
        "Compare the two contents, and correct the account by an adjustment if the second one is right."
    NotificationParked "notification_parked" Critical
        "A notification cannot be applied as it stands."
        "Read it with `holdfast dlq show`, remove the cause, then `holdfast dlq replay`."
    Unbookable "unbookable" Critical
        "A notification that moves money has a field that cannot be read; nothing was booked."
        "Read it with `holdfast dlq show`, remove the cause, then `holdfast dlq replay`."
    CreditWithoutJit "credit_without_jit" Warning
        "A credit has no JIT block: Marqeta keeps it in the GPA; nothing was booked."
        "Set `refunds_destination` to GATEWAY at Marqeta, or the program setting `book_credits_without_jit`."
    NotBooked "not_booked" Critical
        "A message of an account or product at Marqeta that is not kept here has a JIT block; nothing was booked."
        "Compare with Marqeta's ledger, and book the amount by an adjustment if the program paid it."
    AdviceDelta "advice_delta" Info
        "An advice lowered the hold by another amount than its JIT block says; the new total counts."
        "Compare the new total with the merchant's receipt."
    ReversalAfterClearing "reversal_after_clearing" Warning
        "A reversal came when the purchase was fully cleared; it releases nothing."
        "Expect a refund from the merchant; if none comes, open a dispute."
    ReversalExceedsMoved "reversal_exceeds_moved" Warning
        "A reversal takes back more than the debit, credit or dispute moved, or one that was never notified; at most what was moved is undone."
        "Compare with Marqeta's ledger, and book the difference by an adjustment if the customer is due it."
    ImpactedAmountDiffers "impacted_amount_differs" Warning
        "Marqeta booked another amount on its side than the message says."
        "Compare with Marqeta's ledger."
    StandInUncovered "stand_in_uncovered" Critical
        "A purchase was approved in stand-in for more than the account has available; it is booked all the same."
        "The account is overdrawn: ask the customer to pay, or use `holdfast account write-off`."
    ClearingUnmatched "clearing_unmatched" Warning
        "A clearing leads to no authorization, by its tokens or by evidence; it is posted by itself."
        "Look through `holdfast hold unmatched` and match it, or dispute it while the window is open."
    ClearingAboveHold "clearing_above_hold" Warning
        "A clearing is far above its hold; it is posted in full."
        "Compare with the merchant's receipt, and dispute the difference while the window is open."
    ClearingRepeated "clearing_repeated" Critical
        "Two clearings under two tokens have the same network reference and sequence; both are posted."
        "Ask Marqeta whether the second one is a duplicate, and dispute it if so."
    ClearingAfterDecline "clearing_after_decline" Warning
        "A clearing follows an authorization that was declined; it is posted all the same."
        "Dispute the clearing: the merchant had no approval."
    ClearingsComplete "clearings_complete" Info
        "All clearings of a numbered sequence are present and none is marked final; the rest of the hold is released."
        "Nothing, unless the merchant clears more; then see `release_after_last_clearing`."
    CurrencyDiffers "currency_differs" Warning
        "A message is in another currency than its hold; it moves money in its own currency and leaves the hold as it is."
        "Release the hold when the purchase is settled, or wait for its expiry."
    PostingUndone "posting_undone" Critical
        "Money that was posted was taken back by a later DECLINED or ERROR of the same transaction."
        "Compare with Marqeta's ledger which of the two states is right."
    CompletionAfterDecline "completion_after_decline" Critical
        "A final state came after DECLINED or ERROR of the same transaction; nothing is posted by it."
        "Compare with Marqeta's ledger which of the two states is right, and book an adjustment if money moved."
    ApprovedAmountDiffers "approved_amount_differs" Warning
        "Marqeta notified another amount than we approved; the notified amount counts."
        "Compare our response with Marqeta's `gateway_log` of the transaction."
    CashPartiallyApproved "cash_partially_approved" Warning
        "A cash withdrawal was approved in part; cash is all or nothing."
        "Ask the customer what the machine paid out."
    NotFinal "not_final" Warning
        "A message that moves money came in a state that is not final for its type; nothing is posted by it."
        "Wait for the final state; if none comes, compare with Marqeta's ledger."
    AccessRefused "access_refused" Warning
        "Many requests with wrong credentials or signatures came within a minute; all were refused, and nothing was read of them."
        "Look at `holdfast_refused_requests_total` and the log for the source; change what is leaked, block the source, or correct the client."
}

impl Serialize for AlertKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AlertKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&name).ok_or_else(|| de::Error::custom("the kind of alert is not known"))
    }
}

impl std::fmt::Display for AlertKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_has_a_name_of_its_own_and_two_sentences() {
        let names: BTreeSet<&str> = AlertKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(names.len(), AlertKind::ALL.len());
        assert_eq!(AlertKind::parse("no_such_kind"), None);
        for kind in AlertKind::ALL {
            assert_eq!(AlertKind::parse(kind.as_str()), Some(*kind));
            for sentence in [kind.about(), kind.advice()] {
                let is_sentence =
                    sentence.ends_with('.') && sentence.starts_with(char::is_uppercase);
                assert!(is_sentence, "{kind}: {sentence}");
            }
        }
    }
}
