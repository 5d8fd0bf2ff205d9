//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Measures Holdfast on this machine: starts everything, measures, and verifies the books.
///
/// Example: cargo run --release -p holdfast-load -- --stages decisions,hot --runs 5 --json now.json
#[derive(Debug, Parser)]
#[command(
    name = "holdfast-load",
    version,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) run: RunArguments,
}

/// What else it can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compares two results that were written with --json
    Compare {
        /// The one that is compared with
        first: PathBuf,
        /// The one that is compared
        second: PathBuf,
    },
}

/// How it is measured.
#[derive(Debug, Clone, Args)]
pub(crate) struct RunArguments {
    /// Stages to run, in this order; all unless said
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) stages: Vec<Stage>,

    /// A short version, for trying: a few seconds a stage, one run
    #[arg(long)]
    pub(crate) quick: bool,

    /// Seconds that each loop is measured, after a warm-up of a quarter [default: 5; quick: 3]
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub(crate) seconds: Option<u64>,

    /// Runs of the stages that are compared with the calibration; the median counts [default: 5; quick: 1]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) runs: Option<u16>,

    /// Requests in flight, in the closed loops of the first stages
    #[arg(long, value_delimiter = ',', default_value = "1,16,64,256")]
    pub(crate) in_flight: Vec<usize>,

    /// Requests a second in the open loops
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: u32,

    /// Accounts that requests spread over
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    pub(crate) accounts: u32,

    /// Accounts without spending limits, to see what those cost
    #[arg(long)]
    pub(crate) without_limits: bool,

    /// TLS in every stage; the stage `tls` measures both
    #[arg(long)]
    pub(crate) tls: bool,

    /// Notifications in one envelope, in the stages with Kafka
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=10))]
    pub(crate) envelope: u8,

    /// Writes the result as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// The `holdfast-front` to measure; built if not given
    #[arg(long, value_name = "PATH")]
    pub(crate) front: Option<PathBuf>,

    /// The `holdfast-workers` to measure; built if not given
    #[arg(long, value_name = "PATH")]
    pub(crate) workers: Option<PathBuf>,
}

/// What is measured; `README.md` here says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Decisions over many accounts, closed loop, beside the calibration
    Decisions,
    /// The same on one account
    Hot,
    /// Decisions over accounts of which a few are asked very often
    Zipf,
    /// Latency at a fixed rate, open loop
    Open,
    /// Five times what the front can do, for a minute
    Overload,
    /// Decision, confirmation and clearing through Apache Kafka
    Lifecycle,
    /// One clearing worker alone
    Clearing,
    /// From the commit to a consumer of Kafka, at a fixed rate
    Relay,
    /// All kinds of messages, checked one by one
    Mix,
    /// TLS on beside off
    Tls,
    /// A million accounts beside none
    Growth,
}

impl RunArguments {
    /// The stages to run.
    pub(crate) fn stages(&self) -> Vec<Stage> {
        match self.stages.as_slice() {
            [] => Stage::value_variants().to_vec(),
            stages => stages.to_vec(),
        }
    }

    /// How long each loop is measured.
    pub(crate) fn time(&self) -> Duration {
        Duration::from_secs(self.seconds.unwrap_or(if self.quick { 3 } else { 5 }))
    }

    /// How often the first stages are run.
    pub(crate) fn runs(&self) -> u16 {
        self.runs.unwrap_or(if self.quick { 1 } else { 5 })
    }
}

impl Stage {
    /// As it is called on the command line and in results.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Decisions => "decisions",
            Self::Hot => "hot",
            Self::Zipf => "zipf",
            Self::Open => "open",
            Self::Overload => "overload",
            Self::Lifecycle => "lifecycle",
            Self::Clearing => "clearing",
            Self::Relay => "relay",
            Self::Mix => "mix",
            Self::Tls => "tls",
            Self::Growth => "growth",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Stage};
    use clap::{CommandFactory, Parser, ValueEnum};

    #[test]
    fn the_command_line_is_sound_and_stages_are_called_what_they_are_named() {
        Arguments::command().debug_assert();
        for stage in Stage::value_variants() {
            assert_eq!(Stage::from_str(stage.name(), false), Ok(*stage));
        }
        let quick = Arguments::parse_from(["holdfast-load", "--quick", "--seconds", "7"]);
        assert_eq!((quick.run.runs(), quick.run.time().as_secs()), (1, 7));
        assert_eq!(quick.run.stages().len(), Stage::value_variants().len());
    }
}
