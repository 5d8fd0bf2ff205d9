//! What the programs leave out.

/// Left out, because the books know less than the model there:
///
/// * [`Excluded::RefundKnownByItsOrder`]: a reversal that only shares its refund's order does not find it:
///   what stands alone is found by its own names, so that it never takes a purchase's order for itself;
/// * [`Excluded::RefusedAndNeverTold`]: a request that we declined leaves nothing behind, so that messages
///   that only it ties together stay apart until Marqeta tells of the decline.
pub(super) const EXCLUDED: &[Excluded] = &[
    Excluded::RefundKnownByItsOrder,
    Excluded::RefusedAndNeverTold,
];

/// See [`EXCLUDED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excluded {
    RefundKnownByItsOrder,
    RefusedAndNeverTold,
}

impl Excluded {
    pub(super) fn is_left_out(self) -> bool {
        EXCLUDED.contains(&self)
    }
}
