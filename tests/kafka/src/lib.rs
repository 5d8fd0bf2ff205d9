//! Apache Kafka on this machine, for tests, benchmarks and the load generator: fetched once by Maven, run as
//! one node on free ports, and always stopped. The product has no code for it.

mod choice;
mod configuration;
mod fetch;
mod tools;

pub use choice::{skip_without_apache, tests_use_apache};

use std::io;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use holdfast_local::guarded_server::{GuardedServer, StopOptions};
use holdfast_local::ports;
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::error::KafkaError;
use rdkafka::producer::{BaseProducer, Producer};

const READY_WITHIN: Duration = Duration::from_secs(90);
const STOP_WITHIN: Duration = Duration::from_secs(10);
const ATTEMPTS: u32 = 3;

/// Why there is no Apache Kafka.
#[derive(Debug, thiserror::Error)]
pub enum ApacheError {
    /// A program is missing or failed.
    #[error("cannot run {program} (install Java 17 or newer, and Maven): {reason}")]
    Program {
        /// Which one.
        program: &'static str,
        /// The end of its output.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("cannot use {path}: {source}", path = .path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The broker ended or did not respond.
    #[error("cannot start Apache Kafka, see {log}", log = .0.display())]
    Start(PathBuf),
    /// This process ends.
    #[error("interrupted while starting Apache Kafka")]
    Interrupted,
    /// The broker refused a request.
    #[error("cannot create the topics: {0}")]
    Topics(#[from] KafkaError),
}

fn on(path: &Path) -> impl FnOnce(io::Error) -> ApacheError {
    let path = path.to_owned();
    move |source| ApacheError::File { path, source }
}

/// A running broker. Stopped when dropped (which blocks), and when this process ends or is killed.
#[derive(Debug)]
pub struct ApacheKafka {
    bootstrap_servers: String,
    sasl_servers: String,
    log: PathBuf,
    process: GuardedServer,
    stopped: bool,
    _temporary: Option<tempfile::TempDir>,
}

impl ApacheKafka {
    /// Starts a broker whose files lie in `folder`, which must be empty or new.
    ///
    /// # Errors
    /// When Java or Maven are missing, Kafka cannot be fetched, or it does not start.
    pub async fn start(folder: &Path) -> Result<Self, ApacheError> {
        let folder = folder.to_owned();
        let task = tokio::task::spawn_blocking(move || Self::start_blocking(&folder, None));
        task.await.map_err(|_| ApacheError::Interrupted)?
    }

    /// Starts a broker whose files are removed when it stops, or when this process ends.
    ///
    /// # Errors
    /// As for [`ApacheKafka::start`].
    pub async fn temporary() -> Result<Self, ApacheError> {
        let task = tokio::task::spawn_blocking(|| {
            let parent = std::env::temp_dir();
            let folder = tempfile::Builder::new().prefix("holdfast-kafka-").tempdir();
            let folder = folder.map_err(on(&parent))?;
            let mut kafka = Self::start_blocking(folder.path(), Some(folder.path()))?;
            kafka._temporary = Some(folder);
            Ok(kafka)
        });
        task.await.map_err(|_| ApacheError::Interrupted)?
    }

    fn start_blocking(folder: &Path, remove: Option<&Path>) -> Result<Self, ApacheError> {
        let classes = fetch::fetch_classes()?;
        std::fs::create_dir_all(folder).map_err(on(folder))?;
        let folder = folder.canonicalize().map_err(on(folder))?;
        let mut attempt = 1;
        loop {
            match Self::attempt_start(&classes, &folder, remove) {
                // Another process may have taken the free port first.
                Err(ApacheError::Start(_)) if attempt < ATTEMPTS => attempt += 1,
                other => return other,
            }
        }
    }

    fn attempt_start(
        classes: &Path,
        folder: &Path,
        remove: Option<&Path>,
    ) -> Result<Self, ApacheError> {
        let ports @ [port, sasl, _] = ports::free_ports().map_err(on(folder))?;
        let file = configuration::write_properties(folder, ports)?;
        tools::format_storage(classes, &file)?;
        let log = folder.join("kafka.log");
        let mut server = Command::new("java");
        // A broker that lives for minutes beside everything else does not gain from the optimizing compiler:
        // at 1,000 records a second it took twice the processor time.
        server.arg("-XX:TieredStopAtLevel=1");
        server.args(["-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-cp"]);
        server
            .arg(classes.join("*"))
            .arg("kafka.Kafka")
            .arg(&file)
            .current_dir(folder);
        let stop = StopOptions {
            signal: "TERM",
            remove,
        };
        let process = GuardedServer::start(&server, &log, stop, None).map_err(|error| {
            ApacheError::Program {
                program: "java",
                reason: error.to_string(),
            }
        })?;
        let bootstrap_servers = format!("127.0.0.1:{port}");
        let mut kafka = Self {
            bootstrap_servers,
            sasl_servers: format!("127.0.0.1:{sasl}"),
            log,
            process,
            stopped: false,
            _temporary: None,
        };
        if kafka.becomes_ready() {
            return Ok(kafka);
        }
        kafka.stop_now();
        Err(ApacheError::Start(kafka.log.clone()))
    }

    fn becomes_ready(&self) -> bool {
        let started = Instant::now();
        while started.elapsed() < READY_WITHIN && self.process.is_alive() {
            // A client without a broker would only log errors.
            if TcpStream::connect(&self.bootstrap_servers).is_ok() && returns_metadata(self) {
                return true;
            }
            sleep(Duration::from_millis(50));
        }
        false
    }

    /// Where clients connect, `host:port`.
    pub fn bootstrap_servers(&self) -> &str {
        &self.bootstrap_servers
    }

    /// Where clients connect with SASL PLAIN, as the user `holdfast` with the password `right`.
    pub fn sasl_servers(&self) -> &str {
        &self.sasl_servers
    }

    /// Creates topics of so many partitions each.
    ///
    /// # Errors
    /// When the broker does not respond, or refuses one of them.
    pub async fn create_topics(&self, names: &[&str], partitions: i32) -> Result<(), ApacheError> {
        let admin: AdminClient<DefaultClientContext> = client_config(self).create()?;
        let topic = |name| NewTopic::new(name, partitions, TopicReplication::Fixed(1));
        let topics: Vec<NewTopic<'_>> = names.iter().copied().map(topic).collect();
        let created = admin.create_topics(&topics, &AdminOptions::new()).await?;
        let refused = created.into_iter().find_map(Result::err);
        refused.map_or(Ok(()), |(_, code)| Err(KafkaError::AdminOp(code).into()))
    }

    /// Process id of the broker.
    pub fn pid(&self) -> u32 {
        self.process.server_pid()
    }

    /// Stops the broker and waits until it is gone.
    pub async fn stop(mut self) {
        drop(tokio::task::spawn_blocking(move || self.stop_now()).await);
    }

    fn stop_now(&mut self) {
        if !std::mem::replace(&mut self.stopped, true) {
            self.process.stop(STOP_WITHIN);
        }
    }
}

impl Drop for ApacheKafka {
    fn drop(&mut self) {
        self.stop_now();
    }
}

/// Whether the broker returns its metadata.
fn returns_metadata(kafka: &ApacheKafka) -> bool {
    let producer = client_config(kafka).create::<BaseProducer>();
    producer.is_ok_and(|producer| {
        let metadata = producer
            .client()
            .fetch_metadata(None, Duration::from_secs(2));
        metadata.is_ok_and(|metadata| !metadata.brokers().is_empty())
    })
}

fn client_config(kafka: &ApacheKafka) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", kafka.bootstrap_servers());
    config
}
