//! What a program allows: Marqeta's own controls (reference section 9) as pure values, and the set of
//! them that is in force. Who reads them from JSON is `holdfast_wire::control`; who checks them is
//! `holdfast_decision`; what they count is [`crate::usage`].

mod applies;
mod authorization;
mod counts;
mod group;
mod rules;
mod scope;
mod set;
mod velocity;
mod window;

pub use applies::Applies;
pub use authorization::{AuthorizationControl, Terms};
pub use counts::{Counts, MoneyIn};
pub use group::{Increase, MccGroup, MerchantGroup};
pub use rules::{Rules, RulesOf};
pub use scope::{MerchantScope, Scope};
pub use set::{ControlSet, Definition, Definitions, Velocity, Whom};
pub use velocity::{Limit, Print, VelocityControl};
pub use window::{NoZone, Period, Window, Zone};
