//! The plots: how a purchase may go, each with its share.

/// What happens next in a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// An authorization that was seen before in no other message, of any flavour.
    Authorize,
    /// One that says when it lapses.
    AuthorizeUntil,
    /// Marqeta approved it itself and says so without a JIT block.
    StandIn,
    Verify,
    Inquire,
    Increment,
    Advise,
    ReverseSome,
    ReverseAll,
    NetworkExpires,
    ClearAll,
    ClearSome,
    ClearMore,
    /// Some of it; nothing more will come.
    ClearLast,
    /// Some of it, and some is released.
    ClearAndRelease,
    ClearAbroad,
    /// Some of it; it says which of how many it is.
    ClearPart(u16, u16),
    /// All that was authorized first, or the rest of it; it names no message.
    ClearUnlinked,
    /// Half of it.
    ClearUnlinkedPart,
    /// The same; it names one that is never notified.
    ClearNeverNotified,
    /// The same as a force capture.
    ForceUnlinked,
    ForceCapture,
    Debit,
    UndoDebit,
    UndoSomeDebit,
    UndoMoreDebit,
    Refund,
    /// Without a JIT block: Marqeta keeps it.
    KeptRefund,
    UndoRefund,
    OriginalCredit,
    UndoOriginalCredit,
    NetworkLoad,
    PromiseRefund,
    PromiseCredit,
    PromiseFast,
    /// The promised amount comes, or with fast funds another one.
    KeepPromise,
    UndoPromise,
    /// Of an unknown type.
    Novelty,
    /// More than a hold lasts.
    LongTime,
    /// Anything that may follow a purchase.
    Whatever,
    Dispute,
    DisputeGoesOn,
}

/// A plot and its share.
#[derive(Debug)]
pub(super) struct Plot {
    pub(super) weight: u64,
    pub(super) acts: &'static [Act],
}

const fn plot(weight: u64, acts: &'static [Act]) -> Plot {
    Plot { weight, acts }
}

pub(super) static DISPUTE: Plot = plot(
    0,
    &[
        Act::Dispute,
        Act::DisputeGoesOn,
        Act::DisputeGoesOn,
        Act::DisputeGoesOn,
        Act::DisputeGoesOn,
        Act::DisputeGoesOn,
    ],
);

#[rustfmt::skip]
pub(super) static PLOTS: &[Plot] = {
    use Act::*;
    &[
        plot(16, &[Authorize, ClearAll]),
        plot(5, &[Authorize]),
        plot(4, &[Authorize, ClearMore]),
        plot(4, &[Authorize, ClearLast]),
        plot(4, &[Authorize, ClearSome]),
        plot(4, &[Authorize, ClearSome, ClearLast]),
        plot(3, &[Authorize, ClearSome, ClearAndRelease]),
        plot(3, &[Authorize, ClearSome, ClearSome, ClearLast]),
        plot(4, &[Authorize, Increment, ClearAll]),
        plot(3, &[Authorize, Increment, Increment, ReverseSome, ClearLast]),
        plot(3, &[Authorize, Advise, ClearAll]),
        plot(2, &[Authorize, Advise]),
        plot(2, &[Authorize, Increment, Advise, ClearAll]),
        plot(2, &[Authorize, ClearSome, Advise, ClearLast]),
        plot(4, &[Authorize, ReverseAll]),
        plot(3, &[Authorize, ReverseSome, ClearAll]),
        plot(2, &[Authorize, ReverseSome]),
        plot(2, &[Authorize, ReverseAll, Increment]),
        plot(2, &[Authorize, ReverseAll, Increment, ClearAll]),
        plot(2, &[Authorize, ClearAll, ReverseAll]),
        plot(2, &[Authorize, ClearLast, ClearSome]),
        plot(2, &[Authorize, NetworkExpires]),
        plot(2, &[Authorize, NetworkExpires, ClearAll]),
        plot(3, &[Authorize, LongTime, ClearAll]),
        plot(2, &[Authorize, LongTime, Increment]),
        plot(2, &[Authorize, LongTime, Increment, ClearAll]),
        plot(2, &[AuthorizeUntil]),
        plot(2, &[AuthorizeUntil, Increment, ClearSome]),
        plot(2, &[AuthorizeUntil, LongTime, ClearAll]),
        plot(2, &[AuthorizeUntil, LongTime, LongTime, ReverseSome]),
        plot(2, &[Authorize, ClearPart(1, 2), ClearPart(2, 2)]),
        plot(1, &[Authorize, ClearPart(1, 2), ClearPart(2, 2), Increment]),
        plot(1, &[Authorize, ClearPart(2, 2), Increment, ClearPart(1, 2)]),
        plot(1, &[Authorize, ClearPart(1, 3), ClearPart(3, 3), ClearPart(2, 3)]),
        plot(1, &[Authorize, ClearPart(1, 3), ClearPart(1, 3), ClearPart(2, 3)]),
        plot(1, &[Authorize, ClearPart(1, 2), ClearLast]),
        plot(1, &[Authorize, ClearPart(1, 3), ClearPart(2, 2), ClearPart(3, 3)]),
        plot(2, &[Authorize, ClearUnlinked]),
        plot(1, &[Authorize, ClearNeverNotified]),
        plot(1, &[Authorize, ForceUnlinked]),
        plot(1, &[Authorize, ClearUnlinked, Increment]),
        plot(1, &[Authorize, Increment, ClearUnlinked]),
        plot(1, &[Authorize, Increment, ForceUnlinked]),
        plot(1, &[Authorize, ReverseSome, ClearUnlinked]),
        plot(1, &[Authorize, ClearUnlinked, ReverseAll]),
        plot(1, &[Authorize, ClearUnlinked, ClearSome]),
        plot(1, &[Authorize, ClearUnlinked, Advise]),
        plot(1, &[Authorize, ClearUnlinkedPart]),
        plot(1, &[Authorize, ClearUnlinkedPart, ClearNeverNotified]),
        plot(1, &[Authorize, Increment, ClearUnlinkedPart, ClearNeverNotified]),
        plot(1, &[Authorize, ClearUnlinkedPart, Advise, ClearUnlinked]),
        plot(1, &[Authorize, LongTime, ClearUnlinked]),
        plot(1, &[AuthorizeUntil, ClearUnlinked]),
        plot(1, &[StandIn, ClearUnlinked]),
        plot(2, &[Authorize, ClearAbroad]),
        plot(2, &[Authorize, ClearAbroad, ClearAll]),
        plot(2, &[StandIn, ClearAll]),
        plot(1, &[StandIn, Increment, ReverseSome]),
        plot(2, &[Verify]),
        plot(1, &[Inquire]),
        plot(2, &[ForceCapture]),
        plot(5, &[Debit]),
        plot(3, &[Debit, UndoDebit]),
        plot(1, &[Debit, UndoSomeDebit]),
        plot(1, &[Debit, UndoMoreDebit]),
        plot(1, &[Debit, UndoDebit, UndoDebit]),
        plot(1, &[Debit, UndoSomeDebit, UndoMoreDebit]),
        plot(1, &[Debit, UndoSomeDebit, UndoSomeDebit, UndoSomeDebit]),
        plot(4, &[Refund]),
        plot(1, &[KeptRefund]),
        plot(1, &[Refund, UndoRefund]),
        plot(2, &[OriginalCredit]),
        plot(2, &[OriginalCredit, UndoOriginalCredit]),
        plot(1, &[NetworkLoad]),
        plot(2, &[PromiseRefund]),
        plot(3, &[PromiseRefund, KeepPromise]),
        plot(2, &[PromiseRefund, UndoPromise]),
        plot(1, &[PromiseRefund, LongTime, KeepPromise]),
        plot(2, &[PromiseCredit, KeepPromise]),
        plot(1, &[PromiseCredit, UndoPromise]),
        plot(2, &[PromiseFast]),
        plot(2, &[PromiseFast, KeepPromise]),
        plot(2, &[PromiseFast, UndoPromise]),
        plot(1, &[Novelty]),
        plot(6, &[Authorize, Whatever, Whatever]),
        plot(6, &[Authorize, Whatever, Whatever, Whatever]),
        plot(4, &[Authorize, Whatever, Whatever, Whatever, Whatever, Whatever]),
    ]
};

/// What may follow a purchase.
pub(super) static FOLLOW_UPS: &[Act] = {
    use Act::*;
    &[
        Increment,
        Increment,
        Advise,
        ReverseSome,
        ReverseAll,
        NetworkExpires,
        ClearAll,
        ClearSome,
        ClearSome,
        ClearMore,
        ClearLast,
        ClearAndRelease,
        ClearAbroad,
        ClearPart(1, 1),
        ClearPart(1, 2),
        ClearPart(2, 2),
        LongTime,
    ]
};
