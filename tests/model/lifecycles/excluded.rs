//! What the programs leave out.

/// Left out, because the books know less than the model there:
///
/// * [`Excluded::RefundKnownByItsOrder`]: a reversal that only shares its refund's order does not find it:
///   what stands alone is found by its own names, so that it never takes a purchase's order for itself;
/// * [`Excluded::RefusedAndNeverTold`]: a request that we declined leaves nothing behind, so that messages
///   that only it ties together stay apart until Marqeta tells of the decline;
/// * [`Excluded::IncrementOfDeclined`]: a clearing by evidence consumes an increment whose original was declined
///   only when the decline comes after the match;
/// * [`Excluded::ReversedThenDeclined`]: a clearing that waits is looked at when its original comes, and not when the
///   hold opens again because its reversal is declined;
/// * [`Excluded::TwoWaitingClearings`]: of several clearings by evidence of one purchase some wait until a
///   notification opens its hold again; a request that does so, or a decline of another one, does not look for them.
pub(crate) const EXCLUDED: &[Excluded] = &[
    Excluded::RefundKnownByItsOrder,
    Excluded::RefusedAndNeverTold,
    Excluded::IncrementOfDeclined,
    Excluded::ReversedThenDeclined,
    Excluded::TwoWaitingClearings,
];

/// See [`EXCLUDED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excluded {
    RefundKnownByItsOrder,
    RefusedAndNeverTold,
    IncrementOfDeclined,
    ReversedThenDeclined,
    TwoWaitingClearings,
}

impl Excluded {
    pub(crate) fn is_left_out(self) -> bool {
        EXCLUDED.contains(&self)
    }
}
