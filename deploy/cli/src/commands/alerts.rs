//! `holdfast alerts`.

use super::access::Access;
use super::error::CommandError;
use super::table::Table;
use clap::Args;
use holdfast_front::api::view::AlertView;

/// List what somebody should look at, newest first
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast alerts --limit 20")]
pub(crate) struct Alerts {
    #[command(flatten)]
    access: Access,
    /// `holdfast alerts list` is the same
    #[arg(hide = true, value_parser = ["list"])]
    list: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

impl Alerts {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        let store = self.access.open().await?;
        let alerts = store.alerts(None, self.limit).await?;
        let views: Vec<AlertView> = alerts.into_iter().map(AlertView::from).collect();
        self.access.print(&views, |views| text(views))
    }
}

fn text(alerts: &[AlertView]) -> String {
    let mut table = Table::new(&["raised", "kind", "account", "transaction", "detail"], &[]);
    for alert in alerts {
        table.row([
            &alert.raised_at,
            &alert.kind,
            alert.account.as_deref().unwrap_or("-"),
            alert.transaction.as_deref().unwrap_or("-"),
            &alert.detail,
        ]);
    }
    table.text("no alerts")
}
