//! Apache Kafka for a script: prints where it listens as one line, runs until SIGINT or SIGTERM.

use std::error::Error;
use std::io::Write;

use holdfast_kafka::ApacheKafka;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let kafka = ApacheKafka::temporary().await?;
    let mut output = std::io::stdout();
    writeln!(output, "{}", kafka.bootstrap_servers())?;
    output.flush()?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    kafka.stop().await;
    Ok(())
}
