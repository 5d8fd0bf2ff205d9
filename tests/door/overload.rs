//! More than a lane can do: what cannot be answered in time is shed at once, and the lane goes on deciding
//! for those who still wait.

use holdfast_tests::{Bank, Door, DoorOptions, Messages, TestDatabase};
use sqlx::Executor;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// A decision takes 20 ms and more: one lane with one request a transaction makes fewer than 50 a second.
const SLOW: &str = "
    create function slowly() returns trigger language plpgsql as
        $$ begin perform pg_sleep(0.02); return new; end $$;
    create trigger slowly before insert on decision for each row execute function slowly();";
/// They would wait for 1.2 s, far beyond the deadline.
const CALLERS: usize = 60;
/// By then every place in the queue has been taken.
const SETTLED: Duration = Duration::from_secs(2);
const OVER: Duration = Duration::from_secs(5);
/// Before somebody who was shed asks again.
const PAUSE: Duration = Duration::from_millis(100);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overloaded_lane_goes_on_approving() {
    let database = TestDatabase::create().await;
    let bank = Bank::new(database.store().await);
    bank.open("payer", &[("USD", "100000.00")]).await;
    database.connect().await.execute(SLOW).await.unwrap();
    let flags = ["--decision-deadline=500ms", "--lanes=1", "--lane-batch=1"];
    let flags = flags.map(str::to_owned).to_vec();
    let options = DoorOptions {
        flags,
        unsigned: false,
    };
    let door = Door::open_with(database.url(), options).await;
    let messages = Arc::new(Mutex::new(Messages::default()));
    let (began, mut callers) = (Instant::now(), JoinSet::new());
    for _ in 0..CALLERS {
        let (caller, messages) = ((*door).clone(), Arc::clone(&messages));
        callers.spawn(async move {
            let mut approved = 0_u32;
            while began.elapsed() < OVER {
                let purchase = messages.lock().unwrap().purchase("payer", "1.00");
                let answer = caller.jit(purchase.request().to_string()).await;
                if answer.status != 200 {
                    tokio::time::sleep(PAUSE).await;
                } else if began.elapsed() > SETTLED {
                    approved += 1;
                }
            }
            approved
        });
    }
    let approved: u32 = callers.join_all().await.into_iter().sum();
    assert!(approved >= 30, "{approved} approved while overloaded");
    let shed = door.look("/metrics").await;
    let shed = shed.text().lines().find_map(|line| {
        let count = line.strip_prefix("holdfast_jit_shed_total ")?;
        count.parse::<u64>().ok()
    });
    assert!(
        shed > Some(0),
        "nobody was shed: the lane was not overloaded"
    );
    bank.verify().await;
}
