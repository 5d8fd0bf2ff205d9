//! An open loop: requests are due at times that were fixed before, whatever became of those before
//! them. Latency counts from when a request was due, so a pause of the front is felt by every request
//! that it delays, and not left out.

mod schedule;

use crate::closed::{LoadResult, Loop, RunTime};
use crate::http1::{FrontClient, HttpResponse, Line};
use crate::spread::Spread;
use crate::system::System;
use crate::template::{Purchase, Template};
use anyhow::{Context, Result};
use holdfast_simulator::Random;
use schedule::Schedule;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::{JoinHandle, spawn_local};

/// Connections at first; more are opened as soon as none is idle.
const CONNECTIONS: usize = 32;
const CONNECTIONS_MAX: usize = 9_000;
/// Answers come, or fail, in this time after the last request.
const DRAINED_WITHIN: Duration = Duration::from_secs(60);

/// A request of the open loop that was answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) number: u64,
    pub(crate) due: Instant,
    pub(crate) sent: Instant,
    /// Was it due in the measured time?
    pub(crate) is_measured: bool,
}

/// What is done with a response.
pub(crate) type Hear = Rc<dyn Fn(&Loop, &Asked, &HttpResponse<'_>)>;

/// What all connections share.
struct Pool {
    client: FrontClient,
    template: Template,
    spread: Spread,
    schedule: Schedule,
    due: Mutex<UnboundedReceiver<u64>>,
    hear: Hear,
    shared: Rc<Loop>,
    idle: Cell<usize>,
    connections: RefCell<Vec<JoinHandle<Result<()>>>>,
}

/// An approval is expected, and its time counts from when it was due.
pub(crate) fn approved() -> Hear {
    Rc::new(|of, asked, response| {
        if asked.is_measured || response.status != 200 {
            of.count_response(response, 200, asked.due);
        }
    })
}

/// Asks for purchases at this rate. The first messages of `template` have the numbers from 0.
pub(crate) async fn run(
    system: &System,
    template: Template,
    (rate, run_time): (f64, RunTime),
    spread: &Spread,
    hear: Hear,
) -> Result<LoadResult> {
    let shared = Loop::new();
    shared.tally.borrow_mut().set_open(true);
    let schedule = Schedule::new(rate, run_time);
    let (pacer, due) = schedule.start()?;
    let pool = Rc::new(Pool {
        client: system.client.clone(),
        template,
        spread: spread.clone(),
        schedule,
        due: Mutex::new(due),
        hear,
        shared: Rc::clone(&shared),
        idle: Cell::new(0),
        connections: RefCell::default(),
    });
    (0..CONNECTIONS).for_each(|_| connect(&pool));
    tokio::time::sleep_until(pool.schedule.measured_from().into()).await;
    let before = system.cpu();
    tokio::time::sleep_until(pool.schedule.measured_to().into()).await;
    let cpu = system.cpu().since(&before);
    let drained = tokio::time::timeout(DRAINED_WITHIN, drain(&pool)).await;
    drained.context("answers are missing")??;
    drop(pacer.join());
    let tally = shared.tally.borrow();
    Ok(LoadResult {
        answers: tally.answers,
        took: run_time.measured,
        latency: tally.latency(),
        wrong: tally.wrong.clone(),
        cpu,
    })
}

/// Waits for every connection; new ones may come meanwhile.
async fn drain(pool: &Pool) -> Result<()> {
    loop {
        let next = pool.connections.borrow_mut().pop();
        match next {
            Some(task) => task.await??,
            None => return Ok(()),
        }
    }
}

fn connect(pool: &Rc<Pool>) {
    let seed = pool.connections.borrow().len();
    if seed < CONNECTIONS_MAX {
        pool.idle.set(pool.idle.get() + 1);
        let task = spawn_local(serve(Rc::clone(pool), seed));
        pool.connections.borrow_mut().push(task);
    }
}

/// One connection: takes the next request that is due, as long as there are any.
async fn serve(pool: Rc<Pool>, seed: usize) -> Result<()> {
    let mut line: Line = pool.client.connect().await?;
    let mut template = pool.template.clone();
    let mut random = Random::keyed(2, &seed.to_string());
    loop {
        let next = pool.due.lock().await.recv().await;
        let Some(number) = next else { return Ok(()) };
        pool.idle.set(pool.idle.get() - 1);
        if pool.idle.get() == 0 {
            connect(&pool);
        }
        let account = pool.spread.pick(&mut random);
        let request = template.fill(&[Purchase::new(account, number)]);
        let sent = Instant::now();
        let response = line.ask(request).await?;
        let asked = Asked {
            number,
            due: pool.schedule.due(number),
            sent,
            is_measured: pool.schedule.is_measured(number),
        };
        (pool.hear)(&pool.shared, &asked, &response);
        pool.idle.set(pool.idle.get() + 1);
    }
}
