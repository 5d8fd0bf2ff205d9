//! Why a decision came out as it did: [`Explanation`] are stored with it, as short as may be, because every
//! decision writes them; [`render_explanation`] shows them in full.
//!
//! | stored | shown |
//! |---|---|
//! | `"checks":[["card",{"card":"card active"}],["funds",{…},"refused","insufficient_funds"]]` | `"checks":[{"check","inputs","verdict","because"}]`; a check without a verdict passed |
//! | `"before":["50.00","38.00","12.00"]`, `"after":[…]` | `"balance_before":{"posted","held","available"}`, `"balance_after"`, `"available_after"` |
//! | `"us":[309,1743,2444,326]` | `"stages_us":{"queued","lock","read","decide"}` |

mod render;

pub use render::render_explanation;

use holdfast_decision::{Checked, Refusal, Verdict};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// What is stored.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// In the order in which they were made.
    pub checks: Vec<ExplainedCheck>,
    /// Posted, held, available, in the request's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<[String; 3]>,
    /// The same after the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<[String; 3]>,
    /// Version of the controls that the account is kept by; 0 where there are none.
    pub controls: i64,
    /// Microseconds: queued, lock, read, decide. What was written and committed afterwards cannot stand
    /// in the row itself.
    pub us: [u64; 4],
}

/// A check that was made, or something that decided without the checks.
#[derive(Debug)]
pub enum ExplainedCheck {
    /// By the rules.
    Checked(Checked),
    /// Its name, and what it looked at.
    Decided(&'static str, &'static str, String),
}

impl Serialize for ExplainedCheck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_seq(None)?;
        match self {
            Self::Checked(checked) => {
                row.serialize_element(&checked.check)?;
                row.serialize_element(&Inputs(&checked.inputs))?;
                match checked.verdict {
                    Verdict::Passed => {}
                    Verdict::Reduced(_) => row.serialize_element("reduced")?,
                    Verdict::Refused(refusal) => {
                        row.serialize_element("refused")?;
                        row.serialize_element::<Refusal>(&refusal)?;
                    }
                }
            }
            Self::Decided(check, name, value) => {
                row.serialize_element(check)?;
                row.serialize_element(&Inputs(&[(name, value.as_str())]))?;
                row.serialize_element("decided")?;
            }
        }
        row.end()
    }
}

/// Inputs of a check, by name.
struct Inputs<'a, V>(&'a [(&'static str, V)]);

impl<V: Serialize> Serialize for Inputs<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
