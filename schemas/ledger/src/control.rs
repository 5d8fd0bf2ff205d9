//! What a program allows: Marqeta's own controls (reference section 9) as pure values, and the set of
//! them that is in force. Who reads them from JSON is `holdfast_events::control`; who checks them is
//! `holdfast_decision`; what they count is [`crate::usage`].

mod applies;
mod attributes;
mod authorization;
mod country;
mod counts;
mod fingerprint;
mod group;
mod in_force;
mod indexed;
mod rules;
mod scope;
mod set;
mod velocity;
mod window;

pub use applies::Applies;
pub use attributes::{Authentication, Channel, Channels, RiskScore, TransactionAttributes};
pub use authorization::{AuthorizationControl, Terms};
pub use country::{Country, NoCountry};
pub use counts::{Counts, MoneyIn};
pub use fingerprint::ControlFingerprint;
pub use group::{Increase, MccGroup, MerchantGroup};
pub use in_force::{RulesInForce, Said, Whose};
pub use indexed::ControlSubject;
pub use rules::{Countries, Rules, RulesOf};
pub use scope::{MerchantScope, Scope};
pub use set::{ControlSet, Definition, Definitions, Velocity};
pub use velocity::{Limit, VelocityControl};
pub use window::{NoZone, Period, Window, Zone};
