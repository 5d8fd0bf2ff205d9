//! The front: the HTTP server for Marqeta's JIT requests and notifications, and the operators' private address.
//!
//! * [`jit`] `POST /jit` → [`decision workers`] → `holdfast_decision` → one transaction → the stored response;
//! * [`webhooks`] `POST /webhooks` → stored with its event → 200;
//! * [`api`] the private address.
//!
//! The front has no Kafka client: Kafka away changes nothing for Marqeta.

pub mod api;
pub mod body;
pub mod credentials;
mod decision_queue;
mod elsewhere;
mod error;
mod http_response;
mod jit;
mod metrics;
mod private;
mod refusals;
mod server;
pub mod settings;
mod webhooks;

pub use error::FrontError;
pub use server::Front;
pub use settings::FrontSettings;
