//! The first lines on the screen: addresses, credentials, and a purchase to try.

use super::local_address;
use super::parts::RunningSystem;
use super::settings::Settings;
use holdfast_demo::{Style, YOUR_ACCOUNT};

/// Renders the first lines.
pub(super) fn render_header(settings: &Settings, running: &RunningSystem, style: Style) -> String {
    let front = &settings.args.front;
    let scheme = |tls| match tls {
        Ok(Some(_)) => "https",
        _ => "http",
    };
    let (public, private) = (front.public.tls.tls_files(), front.private.tls.tls_files());
    let (public, private) = (scheme(public), scheme(private));
    let public = format!("{public}://{}", local_address(running.front.public));
    let private = format!("{private}://{}", local_address(running.front.private));
    let generated = &settings.generated;
    let mut text = format!("{}\n\n", style.bold("Holdfast is up"));
    let mut row = |name: &str, value: &str| {
        text.push_str(&format!(
            "  {}  {value}\n",
            style.dim(&format!("{name:<14}"))
        ));
    };
    row("Marqeta calls", &format!("{public}/jit  {public}/webhooks"));
    row(
        "operators",
        &format!("{private}/  (/api/v1, /readyz, /metrics)"),
    );
    row(
        "gateway",
        &show_credential(&generated.gateway, "HOLDFAST_GATEWAY_CREDENTIALS"),
    );
    row(
        "webhook",
        &show_credential(&generated.webhook, "HOLDFAST_WEBHOOK_CREDENTIALS"),
    );
    row(
        "operator token",
        &show_credential(&generated.operator_token, "HOLDFAST_OPERATOR_TOKEN"),
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
    text.push_str(&style.dim("  Try a purchase, and read why it was decided so:\n"));
    let commands = TrialCommands {
        gateway: generated
            .gateway
            .as_deref()
            .unwrap_or("$HOLDFAST_GATEWAY_CREDENTIALS"),
        token: generated
            .operator_token
            .as_deref()
            .unwrap_or("$HOLDFAST_OPERATOR_TOKEN"),
        public: &public,
        private: &private,
    };
    text.push_str(&commands.render_commands(settings.args.no_traffic));
    text
}

/// Shows a generated credential. A configured one is a secret of the operator.
fn show_credential(generated: &Option<String>, variable: &str) -> String {
    generated
        .clone()
        .unwrap_or_else(|| format!("set by {variable}"))
}

struct TrialCommands<'a> {
    gateway: &'a str,
    token: &'a str,
    public: &'a str,
    private: &'a str,
}

impl TrialCommands<'_> {
    /// Renders lines to copy into a shell.
    fn render_commands(&self, account_first: bool) -> String {
        let Self {
            gateway,
            token,
            public,
            private,
        } = self;
        let json = "-H 'content-type: application/json'";
        let account = if account_first { "you" } else { YOUR_ACCOUNT };
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
        let purchase = smallest_request(account);
        text.push_str(&format!(
            "  curl -su \"{gateway}\" {json} {public}/jit -d '{purchase}'\n  \
             curl -s {bearer} {private}/api/v1/transactions/try-1\n"
        ));
        text
    }
}

/// The smallest valid JIT request.
fn smallest_request(account: &str) -> String {
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
    fn the_purchase_to_try_is_valid() {
        let body = smallest_request("me");
        let request = holdfast_marqeta::Transaction::parse_request(body.as_bytes()).unwrap();
        assert_eq!(request.account().unwrap().as_str(), "me");
    }

    #[test]
    fn a_clean_system_needs_its_account_first() {
        let commands = TrialCommands {
            gateway: "g:p",
            token: "t",
            public: "P",
            private: "Q",
        };
        assert!(
            commands
                .render_commands(true)
                .starts_with("  curl -sX PUT -H \"authorization: Bearer t\"")
        );
        assert_eq!(commands.render_commands(true).lines().count(), 4);
        assert!(
            commands
                .render_commands(false)
                .starts_with("  curl -su \"g:p\"")
        );
    }

    #[test]
    fn given_secrets_are_not_shown() {
        assert_eq!(show_credential(&None, "X"), "set by X");
        assert_eq!(
            show_credential(&Some("generated".to_owned()), "X"),
            "generated"
        );
    }
}
