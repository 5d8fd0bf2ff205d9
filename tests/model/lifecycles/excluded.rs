//! What the programs leave out.

/// Left out, because the books know less than the model there:
///
/// * [`Excluded::RefundKnownByItsOrder`]: a reversal that only shares its refund's order does not find it:
///   what stands alone is found by its own names, so that it never takes a purchase's order for itself;
/// * [`Excluded::RefusedAndNeverTold`]: a request that we declined leaves nothing behind, so that messages
///   that only it ties together stay apart until Marqeta notifies the decline;
/// * [`Excluded::IncrementOfDeclined`]: a clearing by evidence consumes an increment whose original was declined
///   only when the decline comes after the match.
pub(crate) const EXCLUDED: &[Excluded] = &[
    Excluded::RefundKnownByItsOrder,
    Excluded::RefusedAndNeverTold,
    Excluded::IncrementOfDeclined,
];

/// See [`EXCLUDED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excluded {
    RefundKnownByItsOrder,
    RefusedAndNeverTold,
    IncrementOfDeclined,
}

impl Excluded {
    pub(crate) fn is_left_out(self) -> bool {
        EXCLUDED.contains(&self)
    }
}
