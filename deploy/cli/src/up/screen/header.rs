//! What a person needs to begin: addresses, credentials, and a purchase to try.

use super::Ink;
use crate::up::demo;
use crate::up::parts::Running;
use crate::up::settings::Settings;

/// The lines at the top.
pub(in crate::up) fn header(settings: &Settings, running: &Running, ink: Ink) -> String {
    let front = &settings.args.front;
    let scheme = match front.public.tls.files() {
        Ok(Some(_)) => "https",
        _ => "http",
    };
    let public = format!("{scheme}://{}", crate::up::reachable(running.front.public));
    let private = format!("http://{}", crate::up::reachable(running.front.private));
    let made = &settings.made;
    let mut text = format!("{}\n\n", ink.bold("Holdfast is up"));
    let mut row = |name: &str, value: &str| {
        text.push_str(&format!("  {}  {value}\n", ink.dim(&format!("{name:<14}"))));
    };
    row("Marqeta calls", &format!("{public}/jit  {public}/webhooks"));
    row(
        "operators",
        &format!("{private}/  (/api/v1, /readyz, /metrics)"),
    );
    row(
        "gateway",
        &shown(&made.gateway, "HOLDFAST_GATEWAY_CREDENTIALS"),
    );
    row(
        "webhook",
        &shown(&made.webhook, "HOLDFAST_WEBHOOK_CREDENTIALS"),
    );
    row(
        "operator token",
        &shown(&made.operator_token, "HOLDFAST_OPERATOR_TOKEN"),
    );
    row("database", &running.database);
    row("events", &running.broker);
    row(
        "commands",
        &format!(
            "set -a; . {}; holdfast verify",
            settings.running_file().display()
        ),
    );
    text.push('\n');
    text.push_str(&ink.dim("  Try a purchase, and ask why it was decided so:\n"));
    let words = Words {
        gateway: made
            .gateway
            .as_deref()
            .unwrap_or("$HOLDFAST_GATEWAY_CREDENTIALS"),
        token: made
            .operator_token
            .as_deref()
            .unwrap_or("$HOLDFAST_OPERATOR_TOKEN"),
        public: &public,
        private: &private,
    };
    text.push_str(&words.trial(settings.args.no_traffic));
    text
}

/// What was made here may be shown; what was given is the giver's secret.
fn shown(made: &Option<String>, variable: &str) -> String {
    made.clone()
        .unwrap_or_else(|| format!("as {variable} says"))
}

struct Words<'a> {
    gateway: &'a str,
    token: &'a str,
    public: &'a str,
    private: &'a str,
}

impl Words<'_> {
    /// Lines to be copied into a shell.
    fn trial(&self, account_first: bool) -> String {
        let Self {
            gateway,
            token,
            public,
            private,
        } = self;
        let json = "-H 'content-type: application/json'";
        let account = if account_first { "you" } else { demo::YOURS };
        let bearer = format!("-H \"authorization: Bearer {token}\"");
        let accounts = format!("{private}/api/v1/accounts/{account}");
        let mut text = String::new();
        if account_first {
            text.push_str(&format!(
                "  curl -sX PUT {bearer} {json} {accounts} -d '{{\"currencies\":[\"USD\"]}}'\n  \
                 curl -s {bearer} {json} {accounts}/transfers -d '{{\"reference\":\"opening\",\
                 \"direction\":\"credit\",\"amount\":\"500.00\",\"currency\":\"USD\"}}'\n"
            ));
        }
        let purchase = purchase(account);
        text.push_str(&format!(
            "  curl -su \"{gateway}\" {json} {public}/jit -d '{purchase}'\n  \
             curl -s {bearer} {private}/api/v1/transactions/try-1\n"
        ));
        text
    }
}

/// The smallest JIT request there is.
fn purchase(account: &str) -> String {
    format!(
        "{{\"token\":\"try-1\",\"type\":\"authorization\",\"user_token\":\"{account}\",\
         \"card_token\":\"{account}-card\",\"amount\":42.10,\"currency_code\":\"USD\",\
         \"gpa_order\":{{\"jit_funding\":{{\"token\":\"try-1-jit\",\
         \"method\":\"pgfs.authorization\",\"user_token\":\"{account}\",\"amount\":42.10}}}}}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_purchase_to_try_is_one() {
        let request = holdfast_marqeta::JitRequest::parse(purchase("me").as_bytes()).unwrap();
        assert_eq!(request.account.as_str(), "me");
    }

    #[test]
    fn a_clean_system_needs_its_account_first() {
        let words = Words {
            gateway: "g:p",
            token: "t",
            public: "P",
            private: "Q",
        };
        assert!(
            words
                .trial(true)
                .starts_with("  curl -sX PUT -H \"authorization: Bearer t\"")
        );
        assert_eq!(words.trial(true).lines().count(), 4);
        assert!(words.trial(false).starts_with("  curl -su \"g:p\""));
    }

    #[test]
    fn given_secrets_are_not_shown() {
        assert_eq!(shown(&None, "X"), "as X says");
        assert_eq!(shown(&Some("made".to_owned()), "X"), "made");
    }
}
