//! A closed loop: as many actors as requests in flight, each acting again as soon as it was answered.

use crate::cpu::{Cpu, CpuReader};
use crate::http1::HttpResponse;
use crate::tally::{Latency, Tally};
use anyhow::{Context, Result};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::spawn_local;

/// What the actors of a loop share.
#[derive(Debug)]
pub(crate) struct Loop {
    pub(crate) tally: RefCell<Tally>,
    is_over: Cell<bool>,
    number: Cell<u64>,
    /// The loop is over after so many numbers.
    numbers: u64,
}

/// An actor sends requests, one after another.
pub(crate) trait Actor: 'static {
    /// One request or several, counted in the loop's tally.
    async fn act(&mut self, of: &Loop) -> Result<()>;
}

/// The result of a loop in its measured time.
#[derive(Debug, Clone)]
pub(crate) struct LoadResult {
    pub(crate) answers: u64,
    pub(crate) took: Duration,
    pub(crate) latency: Latency,
    pub(crate) wrong: BTreeMap<String, u64>,
    pub(crate) cpu: Cpu,
}

/// How long a loop runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RunTime {
    pub(crate) warm_up: Duration,
    pub(crate) measured: Duration,
}

impl Loop {
    /// A loop that has not started.
    pub(crate) fn new() -> Rc<Self> {
        Self::until(u64::MAX)
    }

    fn until(numbers: u64) -> Rc<Self> {
        Rc::new(Self {
            numbers,
            tally: RefCell::new(Tally::closed()),
            is_over: Cell::new(false),
            number: Cell::new(0),
        })
    }

    fn is_over(&self) -> bool {
        self.is_over.get() || self.number.get() >= self.numbers
    }

    /// A number that is new in this loop.
    pub(crate) fn next_number(&self) -> u64 {
        let number = self.number.get();
        self.number.set(number + 1);
        number
    }

    /// Counts a response when its status is the expected one.
    pub(crate) fn count_response(
        &self,
        response: &HttpResponse<'_>,
        expected: u16,
        began: Instant,
    ) {
        let mut tally = self.tally.borrow_mut();
        if response.status == expected {
            tally.response(began.elapsed());
        } else {
            tally.wrong(format!("{} instead of {expected}", response.said()));
        }
    }
}

impl LoadResult {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.answers as f64 / self.took.as_secs_f64()
    }

    /// An error when a response was not the expected one.
    pub(crate) fn all_expected(&self) -> Result<()> {
        anyhow::ensure!(self.wrong.is_empty(), "wrong responses: {:?}", self.wrong);
        Ok(())
    }
}

/// Lets the actors act: first to warm up, then measured.
pub(crate) async fn run<A: Actor>(
    actors: Vec<A>,
    run_time: RunTime,
    cpu_reader: &CpuReader,
) -> Result<LoadResult> {
    let shared = Loop::new();
    let tasks: Vec<_> = actors
        .into_iter()
        .map(|actor| spawn_local(act(actor, Rc::clone(&shared))))
        .collect();
    tokio::time::sleep(run_time.warm_up).await;
    shared.tally.borrow_mut().set_open(true);
    let (began, before) = (Instant::now(), cpu_reader.read());
    tokio::time::sleep(run_time.measured).await;
    shared.tally.borrow_mut().set_open(false);
    let (took, after) = (began.elapsed(), cpu_reader.read());
    shared.is_over.set(true);
    for task in tasks {
        task.await.context("an actor broke off")??;
    }
    let tally = shared.tally.borrow();
    Ok(LoadResult {
        answers: tally.answers,
        took,
        latency: tally.latency(),
        wrong: tally.wrong.clone(),
        cpu: after.since(&before),
    })
}

/// Lets the actors act until so many numbers were given away.
pub(crate) async fn exhaust<A: Actor>(actors: Vec<A>, numbers: u64) -> Result<()> {
    let shared = Loop::until(numbers);
    let tasks: Vec<_> = actors
        .into_iter()
        .map(|actor| spawn_local(act(actor, Rc::clone(&shared))))
        .collect();
    for task in tasks {
        task.await.context("an actor broke off")??;
    }
    let wrong = &shared.tally.borrow().wrong;
    anyhow::ensure!(wrong.is_empty(), "wrong responses: {wrong:?}");
    Ok(())
}

async fn act<A: Actor>(mut actor: A, of: Rc<Loop>) -> Result<()> {
    while !of.is_over() {
        actor.act(&of).await?;
    }
    Ok(())
}
