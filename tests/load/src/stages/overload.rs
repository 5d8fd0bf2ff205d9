//! Five times what the front can do: it must go on working, and respond in time.
//!
//! Its decision workers are held back by settings, so that it is the front that has too much to do and not the
//! generator, which shares its machine.

use super::StageContext;
use crate::closed::{self, RunTime};
use crate::open::{self, Hear};
use crate::purchaser::Purchaser;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::Wanted;
use anyhow::Result;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// One decision worker with one request a transaction: what is refused costs the same two cores, and shall not be what
/// is measured.
const HELD_BACK: [(&str, &str); 2] = [
    ("HOLDFAST_DECISION_WORKERS", "1"),
    ("HOLDFAST_DECISION_BATCH", "1"),
];
/// Keeps one decision worker busy.
const IN_FLIGHT: usize = 64;
const TIMES: f64 = 5.0;
const LONG: Duration = Duration::from_secs(60);
/// The default of `HOLDFAST_DECISION_DEADLINE`.
const DEADLINE: Duration = Duration::from_millis(2_200);

/// What came back.
#[derive(Debug, Default)]
struct Outcomes {
    approved: u64,
    refused: u64,
    late: u64,
    latest: Duration,
}

/// First the best it can do, then five times as much.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let held_back = HELD_BACK.map(|(name, value)| (name, value.to_owned()));
    let wanted = Wanted {
        front: held_back.to_vec(),
        ..context.wanted()
    };
    let system = context.start(&wanted).await?;
    let spread = Spread::Uniform(context.arguments.accounts);
    let actors = Purchaser::several(&system, IN_FLIGHT, &spread).await?;
    let best = closed::run(actors, context.run_time(), &system.cpu_reader).await?;
    figures.add_result("its best, held back", &best)?;

    let outcomes = Rc::new(RefCell::new(Outcomes::default()));
    let run_time = RunTime {
        warm_up: context.run_time().warm_up,
        measured: if context.arguments.quick {
            context.run_time().measured
        } else {
            LONG
        },
    };
    let template = system.messages().purchase()?;
    let at = (best.rate() * TIMES, run_time);
    let result = open::run(&system, template, at, &spread, counted(&outcomes)).await?;
    let found = outcomes.take();
    let what = "five times that";
    let work = found.approved as f64 / run_time.measured.as_secs_f64();
    figures.add(what, "per_second", work);
    figures.add(what, "ratio", work / best.rate());
    figures.add(what, "offered_per_second", best.rate() * TIMES);
    figures.add(what, "refused", found.refused as f64);
    figures.add(what, "later_than_deadline", found.late as f64);
    figures.add(what, "latest_ms", found.latest.as_secs_f64() * 1_000.0);
    figures.add(what, "front_mib", system.front_mib().1);
    figures.latency(what, &result);
    figures.cpu(what, &result, found.approved);
    result.all_expected()?;
    system.finish().await
}

/// Approvals are the work; a refusal (402 by the timeout policy) is as it should be. Whether a response
/// is late counts from when its request was sent.
fn counted(outcomes: &Rc<RefCell<Outcomes>>) -> Hear {
    let outcomes = Rc::clone(outcomes);
    Rc::new(move |of, asked, response| {
        let status = response.status;
        if !matches!(status, 200 | 402) {
            of.count_response(response, 200, asked.due);
        }
        if !asked.is_measured {
            return;
        }
        of.count_response(response, status, asked.due);
        let took = Instant::now() - asked.sent;
        let mut outcomes = outcomes.borrow_mut();
        match status {
            200 => outcomes.approved += 1,
            _ => outcomes.refused += 1,
        }
        outcomes.late += u64::from(took > DEADLINE);
        outcomes.latest = outcomes.latest.max(took);
    })
}
