//! The life of a purchase, flow by flow as the reference tells them (section 6), with the balances after
//! each step. The account begins with 500.00. Each table is played as written, and then shuffled with
//! every message twice: the end must be the same.

mod money_back;
mod purchases;
mod single;
