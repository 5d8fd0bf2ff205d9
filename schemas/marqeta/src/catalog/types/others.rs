//! What books nothing, families of names, and money that is not in these books.

use super::TypeEntry;

/// Types that book nothing: inquiries, changes of state, data.
pub(super) const NOTICES: &[TypeEntry] = rows! {
    Inquiry Original Load asked    "balanceinquiry": "How much is there?";
    Inquiry Original Load asked    "pindebit.balanceinquiry": "How much is there? At a machine";
    Notice  Original None          "pindebit.checkavs": "Address verification";
    Notice  Original None          "address.verification": "Address verification";
    Notice  Original None asked    "product.inquiry": "Which product shall pay?";
    Notice  Alone  None          "zero.clearing": "A clearing of nothing";
    Notice  Alone  None          "authorization.clearing.l2l3": "Level 2 and level 3 data of a clearing";
    Notice  Alone  None inferred "authorization.clearing.network.fee":
        "The network's fee for a clearing, which the program pays";
    Notice  Alone  None inferred "refund.authorization.advice": "Advice on an announced refund; its clearing posts";
    Notice  Alone  Load inferred "fee.charge.pending": "A fee is announced";
    Notice  Alone  None inferred "fee.charge.waived": "A fee is not charged";
    Notice  Alone  Load inferred "directdeposit.debit.pending": "A direct debit is announced";
    Notice  Alone  Load inferred "directdeposit.debit.pending.reversal": "An announced direct debit will not come";
    Notice  Alone  None          "authorization.pin.change": "The PIN was changed";
    Notice  Alone  None          "authorization.pin.unblock": "The PIN was unblocked";
    Notice  Alone  None          "pindebit.pin.change": "The PIN was changed";
    Notice  Alone  None          "pindebit.pin.unblock": "The PIN was unblocked";
    Notice  Alone  None inferred "transit.offer": "An offer of a transit operator";
    Notice  Alone  None          "chargeback.pfs.pending.debit": "Marqeta's own accounting of a dispute";
    Notice  Alone  None          "chargeback.pfs.debit": "Marqeta's own accounting of a dispute";
    Notice  Alone  None          "chargeback.pfs.credit": "Marqeta's own accounting of a dispute";
};

/// Types known by how their names begin and end, tried after all exact names: an expired credit takes its promise
/// back, any other expiration drops a hold.
pub(super) const FAMILIES: &[TypeEntry] = rows! {
    CreditReversal   FollowUp Either inferred "refund.authorization" .. ".issuerexpiration":
        "The time for a refund is over";
    CreditReversal   FollowUp Either inferred "original.credit." .. ".issuerexpiration":
        "The time for money sent is over";
    CreditReversal   FollowUp Either          "original.credit." .. ".reversal":
        "Money sent will not come, or is taken back";
    IssuerExpiration FollowUp Load   inferred "" .. ".issuerexpiration": "The network's time for it is over";
    CreditReversal   FollowUp Either inferred "fee.collection.credit" .. ".reversal": "Taken back";
    DebitReversal    FollowUp Either inferred "fee." .. ".reversal": "Taken back";
    DebitReversal    FollowUp Either inferred "fee." .. ".refund": "Taken back";
    DebitReversal    FollowUp Either inferred "dispute.debit" .. ".reversal": "Taken back";
    CreditReversal   FollowUp Either inferred "dispute.credit" .. ".reversal": "Taken back";
    DebitReversal    FollowUp Either inferred "pindebit.debit" .. ".reversal": "Taken back";
    CreditReversal   FollowUp Either inferred "pindebit.credit" .. ".reversal": "Taken back";
    CreditReversal   FollowUp Either inferred "pindebit.financial" .. ".reversal": "Taken back";
    Reversal         FollowUp Either inferred "pindebit.authorization" .. ".reversal": "Taken back";
    DebitReversal    FollowUp Either inferred "pindebit" .. ".reversal": "Taken back";
    DebitReversal    FollowUp Either inferred "debit.adjustment" .. ".reversal": "Taken back";
    CreditReversal   FollowUp Either inferred "credit.adjustment" .. ".reversal": "Taken back";
    DebitReversal    FollowUp Either inferred "account.funding.auth_plus_capture" .. ".reversal": "Taken back";
    Reversal         FollowUp Either inferred "account.funding.authorization" .. ".reversal": "Taken back";
    DebitReversal    FollowUp Either inferred "directdeposit.debit" .. ".reversal": "Taken back";
    CreditReversal   FollowUp Either inferred "directdeposit.credit" .. ".reversal": "Taken back";
    CreditReversal   FollowUp Either inferred "refund" .. ".reversal": "Taken back";
    Notice           Alone    None            "token." ..: "A digital wallet's token";
    Notice           Alone    None            "pin.change" ..: "The PIN was changed";
};

/// GPA transactions: doubles of card messages, for Marqeta's own balance (reference section 7.1), and what is
/// moved between GPA balances by hand.
pub(super) const GPA: &[TypeEntry] = rows! {
    GpaTransaction Alone Either "gpa.credit" ..: "Money into the GPA, as for a debit or a clearing";
    GpaTransaction Alone Either "gpa.debit" ..: "Money out of the GPA, as for a credit";
    GpaTransaction Alone Either "gpa.grant" ..: "Money granted to the GPA";
    GpaTransaction Alone Either "msa." ..: "Money of a merchant-specific balance at Marqeta";
};

/// Accounts and products of Marqeta that are not kept here. With a JIT block such a message alerts.
pub(super) const BANKING: &[TypeEntry] = rows! {
    Elsewhere Alone Either inferred "programreserve." ..: "The program's reserve";
    Elsewhere Alone Either inferred "account.credit" ..: "A credit to an account at Marqeta";
    Elsewhere Alone Either inferred "account.debit" ..: "A debit to an account at Marqeta";
    Elsewhere Alone Either inferred "account.transfer" ..: "A transfer between accounts at Marqeta";
    Elsewhere Alone Either inferred "transfer." ..: "A transfer between balances at Marqeta";
    Elsewhere Alone Either inferred "funds.expire" ..: "Funds at Marqeta expired";
    Elsewhere Alone Either inferred "reward.earn" ..: "A reward was earned";
    Elsewhere Alone Either inferred "fps." ..: "UK Faster Payments";
    Elsewhere Alone Either inferred "open.banking." ..: "UK Faster Payments by open banking";
    Elsewhere Alone Either inferred "ach." ..: "A transfer by ACH";
    Elsewhere Alone Either inferred "check." ..: "A paper check";
    Elsewhere Alone Either inferred "billpay." ..: "Bill payment by Marqeta's service";
    Elsewhere Alone Either inferred "pushtocard." ..: "Money pushed to a card by the program";
    Elsewhere Alone Either inferred "pullfromcard." ..: "Money pulled from another card";
    Elsewhere Alone Either inferred "accountfunding." ..: "Money pulled from another card";
    Elsewhere Alone Either inferred "interest." ..: "Interest of an account at Marqeta";
    Elsewhere Alone Either inferred "deposit.network.sweep" ..: "A sweep of deposits";
    Elsewhere Alone Either inferred "receivables." ..: "Receivables of a credit program";
    Elsewhere Alone Either inferred "escheatment." ..: "Unclaimed money";
    Elsewhere Alone Either inferred "written.off." ..: "Written off by Marqeta";
};
