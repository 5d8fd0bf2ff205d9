//! More than a decision worker can do: what cannot be answered in time is shed at once, and the worker
//! keeps approving. The tests wait for counts; no duration decides.

use holdfast_tests::{
    Bank, Caller, Messages, TestDatabase, TestFront, TestFrontOptions, eventually,
};
use sqlx::{AssertSqlSafe, Executor};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;

/// Before a caller whose request was refused sends the next one.
const PAUSE: Duration = Duration::from_millis(100);

/// One worker with one request a batch, and callers who always have a request under way.
struct Overload {
    front: TestFront,
    bank: Bank,
    database: TestDatabase,
    approved: Arc<AtomicU32>,
    over: Arc<AtomicBool>,
    callers: JoinSet<()>,
}

impl Overload {
    /// A batch takes this many milliseconds and what its statements take.
    async fn begin(deadline: &str, batch_millis: u32, callers: usize) -> Self {
        let database = TestDatabase::create().await;
        let bank = Bank::new(database.store().await);
        bank.open("payer", &[("USD", "100000.00")]).await;
        let slow = AssertSqlSafe(slow_decisions(batch_millis));
        database.connect().await.execute(slow).await.unwrap();
        let deadline = format!("--decision-deadline={deadline}");
        let flags = vec![
            deadline,
            "--decision-workers=1".to_owned(),
            "--decision-batch=1".to_owned(),
        ];
        let options = TestFrontOptions {
            flags,
            unsigned: false,
        };
        let front = TestFront::open_with(database.url(), options).await;
        let mut overload = Self {
            front,
            bank,
            database,
            approved: Arc::default(),
            over: Arc::default(),
            callers: JoinSet::new(),
        };
        overload.start_callers(callers);
        overload
    }

    fn start_callers(&mut self, callers: usize) {
        let messages = Arc::new(Mutex::new(Messages::default()));
        for _ in 0..callers {
            let caller = (*self.front).clone();
            let (over, approved) = (Arc::clone(&self.over), Arc::clone(&self.approved));
            let messages = Arc::clone(&messages);
            self.callers.spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let purchase = messages.lock().unwrap().purchase("payer", "1.00");
                    let status = send(&caller, purchase.request().to_string()).await;
                    approved.fetch_add(u32::from(status == 200), Ordering::Relaxed);
                }
            });
        }
    }

    async fn reaches_approvals(&self, wanted: u32) {
        eventually("the worker keeps approving", async || {
            (self.approved.load(Ordering::Relaxed) >= wanted).then_some(())
        })
        .await;
    }

    /// Requests that `/metrics` counts under this name.
    async fn counted(&self, metric: &str) -> u64 {
        let page = self.front.look("/metrics").await;
        let mut lines = page.text().lines().map(str::to_owned).collect::<Vec<_>>();
        lines.retain(|line| line.starts_with(metric));
        let count = lines.first().and_then(|line| line.split(' ').nth(1));
        count.and_then(|count| count.parse().ok()).unwrap()
    }

    async fn stop_callers(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        while let Some(caller) = self.callers.join_next().await {
            caller.unwrap();
        }
    }
}

async fn send(caller: &Caller, body: String) -> u16 {
    let status = caller.jit(body).await.status;
    if status != 200 {
        tokio::time::sleep(PAUSE).await;
    }
    status
}

fn slow_decisions(millis: u32) -> String {
    format!(
        "create function slowly() returns trigger language plpgsql as
             $$ begin perform pg_sleep({millis} / 1000.0); return new; end $$;
         create trigger slowly before insert on decision for each row execute function slowly();"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overloaded_worker_sheds_and_keeps_approving() {
    // All of them would wait for 6 seconds, three times the deadline.
    let mut overload = Overload::begin("2s", 100, 60).await;
    eventually("requests are shed", async || {
        (overload.counted("holdfast_jit_shed_total ").await > 0).then_some(())
    })
    .await;
    let before = overload.approved.load(Ordering::Relaxed);
    overload.reaches_approvals(before + 20).await;
    overload.stop_callers().await;
    overload.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn batches_that_take_most_of_the_deadline_still_approve() {
    // A request that waits for another one's batch is too late for its own.
    let mut overload = Overload::begin("3s", 1_800, 8).await;
    overload.reaches_approvals(1).await;
    overload.reaches_approvals(4).await;
    overload.stop_callers().await;
    // There was no place for refusals in the batches: the worker stores what it has kept once it is idle.
    let refused = "select count(*) from decision where outcome = 'out_of_time'";
    eventually("a refusal is stored", async || {
        (overload.database.count(refused).await > 0).then_some(())
    })
    .await;
    overload.bank.verify().await;
}
