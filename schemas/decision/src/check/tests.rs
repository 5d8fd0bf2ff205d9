//! Every rule and every control, alone and with others, through all checks in their order.

mod authentication;
mod authorization_control;
mod builder;
mod channel;
mod cost;
mod country;
mod funds;
mod risk;
mod single_purchase;
