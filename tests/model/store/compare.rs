//! What a run came to in the store, beside the model: balances, limits, states, and what a purchase would be answered.

use super::Run;
use crate::changes;
use crate::history::History;
use crate::limits;
use crate::model::{self, Sums};
use crate::outcome::{differences, sums};
use crate::program::Program;
use http::Method;

impl Run<'_> {
    pub(crate) async fn compare(&self, program: &Program, history: &History) -> Vec<String> {
        let mut found = Vec::new();
        for name in &self.accounts {
            let account = self.scenario.bank.account(name).await;
            found.push(account.map_or_else(Sums::new, |account| sums(&account.balances)));
        }
        let mut wrong = self.wrong.clone();
        wrong.extend(differences(program, history, &found));
        for number in 0..self.accounts.len() {
            wrong.extend(self.compare_limits(program, history, number).await);
            wrong.extend(self.compare_states(program, history, number).await);
        }
        wrong
    }

    /// The states shown of an account and its cards, and what a purchase would be answered, beside the model.
    async fn compare_states(
        &self,
        program: &Program,
        history: &History,
        number: usize,
    ) -> Vec<String> {
        let state_of = |card: Option<u32>| {
            let delivered = changes::delivered(program, history.changed(), number, card);
            changes::state_in_force(&delivered)
        };
        let is_changed = program
            .changes
            .iter()
            .any(|change| change.account == number);
        let (mut wrong, account) = (Vec::new(), &self.accounts[number]);
        if !is_changed {
            return wrong;
        }
        let expected = state_of(None);
        let path = format!("/api/v1/accounts/{account}");
        wrong.extend(self.compare_state(&path, expected).await);
        for card in 0..3 {
            let name = self.letters.card(number, card);
            let of_card = state_of(Some(card));
            let path = format!("/api/v1/cards/{name}");
            if of_card.is_some() {
                wrong.extend(self.compare_state(&path, of_card).await);
            }
            let reason = changes::decline_reason(expected, of_card);
            let probe = self.letters.probe(program, number, card);
            wrong.extend(self.compare_decision(probe, reason).await);
        }
        wrong
    }

    /// An account that nothing has opened is not shown.
    async fn compare_state(&self, path: &str, expected: Option<&str>) -> Option<String> {
        let response = self.scenario.front.api(Method::GET, path, "").await;
        let found = response.string("marqeta_state");
        let is_missing = response.status == 404 && path.starts_with("/api/v1/accounts");
        let differs = !is_missing && found != expected.unwrap_or_default();
        differs.then(|| format!("{path} is {found}, and not {expected:?}"))
    }

    /// Declined for this reason; without one, for no reason of state.
    async fn compare_decision(
        &self,
        probe: Option<String>,
        reason: Option<&str>,
    ) -> Option<String> {
        const STATES: [&str; 3] = ["CARDHOLDER_NOT_ACTIVE", "CLOSED_ACCOUNT", "CARD_NOT_ACTIVE"];
        let path = "/api/v1/decisions/simulate";
        let response = self.scenario.front.api(Method::POST, path, probe?).await;
        let found = response.string("response.jit_funding.decline_reason");
        let differs = match reason {
            Some(reason) => found != reason,
            None => response.status != 200 || STATES.contains(&found.as_str()),
        };
        let text = response.text();
        differs.then(|| format!("a purchase is answered {text}, and not {reason:?}"))
    }

    /// What is left of the limits that are never reached, beside what the model says was used.
    async fn compare_limits(
        &self,
        program: &Program,
        history: &History,
        number: usize,
    ) -> Vec<String> {
        let mut wrong = Vec::new();
        let began = self.scenario.began;
        let is_certain = model::has_certain_uses(program, history, number);
        for limit in limits::LIMITS
            .iter()
            .filter(|limit| is_certain && limit.is_wide())
        {
            let used = limits::used(program, history, number, limit, began);
            let window = limits::begins(limit.window, began);
            let expected = limit.left(used.get(&window).copied().unwrap_or_default());
            let (name, account) = (limit.name, &self.accounts[number]);
            let path = format!("/api/v1/velocity-controls/{name}/available?account={account}");
            let response = self.scenario.front.api(Method::GET, &path, "").await;
            // An account that nothing has opened has used nothing.
            if response.status == 404 && used.is_empty() {
                continue;
            }
            let left = |field: &str| {
                response
                    .raw(&format!("available.{field}"))
                    .unwrap_or_default()
            };
            let found = format!("{} in {} uses", left("amount"), left("uses"));
            if found != expected {
                wrong.push(format!(
                    "account {number}: {name} leaves {found}, and not {expected}"
                ));
            }
        }
        wrong
    }
}
