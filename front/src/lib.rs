//! The front: what Marqeta calls during a purchase and tells afterwards, and the operators' private address.
//!
//! * [`jit`] `POST /jit` → [`lanes`] → `holdfast_decision` → one transaction → the stored answer;
//! * [`webhooks`] `POST /webhooks` → stored with its event → 200;
//! * [`api`] the private address.
//!
//! The front has no Kafka client: Kafka away changes nothing for Marqeta.

mod answer;
pub mod api;
pub mod body;
pub mod credentials;
mod door;
mod error;
mod jit;
mod lanes;
mod metrics;
mod private;
pub mod settings;
mod webhooks;

pub use door::Front;
pub use error::FrontError;
pub use settings::FrontSettings;
