//! Processor time by part: the one figure that other programs on the machine hardly disturb.

use std::collections::BTreeMap;
use std::fs;

/// A part of what runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Front,
    Postgres,
    Workers,
    Kafka,
    Generator,
}

/// Processor time in microseconds, by part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cpu(pub(crate) BTreeMap<Part, u64>);

/// The processes whose time is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct CpuReader(Vec<(Part, u32)>);

impl Part {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Front,
        Self::Postgres,
        Self::Workers,
        Self::Kafka,
        Self::Generator,
    ];

    /// As it is shown.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Postgres => "postgres",
            Self::Workers => "workers",
            Self::Kafka => "kafka",
            Self::Generator => "generator",
        }
    }
}

impl Cpu {
    /// What was used between two readings.
    pub(crate) fn since(&self, before: &Self) -> Self {
        let used = |(part, time): (&Part, &u64)| {
            let before = before.0.get(part).copied().unwrap_or_default();
            (*part, time.saturating_sub(before))
        };
        Self(self.0.iter().map(used).collect())
    }

    /// Microseconds for each of so many things done.
    pub(crate) fn for_each(&self, done: u64) -> impl Iterator<Item = (Part, f64)> {
        let each = move |(part, time): (&Part, &u64)| (*part, *time as f64 / done.max(1) as f64);
        self.0.iter().map(each)
    }
}

impl CpuReader {
    /// Reads this process too.
    pub(crate) fn new() -> Self {
        Self(vec![(Part::Generator, std::process::id())])
    }

    /// Reads this process and its children from now on.
    pub(crate) fn watch(&mut self, part: Part, pid: u32) {
        self.0.push((part, pid));
    }

    /// Processor time until now. The server's processes are children of its first one, which also
    /// knows what those used that have ended.
    pub(crate) fn read(&self) -> Cpu {
        let mut cpu = Cpu::default();
        for (part, pid) in &self.0 {
            let own = stat(*pid);
            let time = match part {
                Part::Postgres => {
                    let children: u64 = children(*pid).map(|child| child.own).sum();
                    own.as_ref().map_or(0, |stat| stat.own + stat.ended) + children
                }
                _ => own.map_or(0, |stat| stat.own),
            };
            *cpu.0.entry(*part).or_default() += time;
        }
        cpu
    }
}

/// Resident memory of a process in KiB: now, and at its most.
pub(crate) fn resident_kib(pid: u32) -> Option<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let value = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().split(' ').next()?.parse().ok()
    };
    Some((value("VmRSS:")?, value("VmHWM:")?))
}

#[derive(Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    /// Microseconds of its own.
    own: u64,
    /// Microseconds of its children that have ended.
    ended: u64,
}

fn stat(pid: u32) -> Option<Stat> {
    parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

fn children(of: u32) -> impl Iterator<Item = Stat> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(stat).filter(move |stat| stat.parent == of)
}

/// `/proc/PID/stat`. The name, in brackets, may hold anything. Linux shows times in hundredths of a
/// second on every machine.
fn parse(text: &str) -> Option<Stat> {
    const TICK: u64 = 10_000;
    let (_, fields) = text.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let time = |place: usize| -> Option<u64> { fields.get(place)?.parse().ok() };
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        own: (time(11)? + time(12)?) * TICK,
        ended: (time(13)? + time(14)?) * TICK,
    })
}

#[cfg(test)]
mod tests {
    use super::{Cpu, Part, Stat, parse};
    use std::collections::BTreeMap;

    #[test]
    fn times_are_read_whatever_the_process_is_called() {
        let text = "7 (a) (b) S 3 7 7 0 -1 4194304 1 2 3 4 10 5 200 30 20 0 1 0 99 1 1";
        let stat = Stat {
            parent: 3,
            own: 150_000,
            ended: 2_300_000,
        };
        assert_eq!(parse(text), Some(stat));
        assert_eq!(parse("7 (a) S"), None);
    }

    #[test]
    fn a_difference_is_shared_by_what_was_done() {
        let reading = |front, postgres| {
            Cpu(BTreeMap::from([
                (Part::Front, front),
                (Part::Postgres, postgres),
            ]))
        };
        let used = reading(5_000, 9_000).since(&reading(1_000, 1_000));
        assert_eq!(used, reading(4_000, 8_000));
        let each: Vec<_> = used.for_each(100).collect();
        assert_eq!(each.len(), 2);
        assert!(
            each.iter()
                .any(|(part, each)| *part == Part::Front && (each - 40.0).abs() < 0.01)
        );
    }
}
