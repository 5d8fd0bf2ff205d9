//! Every mistake in a setting, as an operator makes it: the exact sentence, and the exit code.

use crate::fixture::{ApiFixture, Said, run};
use std::sync::Arc;

/// Ends by itself should a mistake pass.
const UP: &str = "up --no-traffic --for 1s";
const KAFKA_OPTIONS: &str = "HOLDFAST_KAFKA_OPTIONS (--kafka-options)";
const DATABASE_URL: &str = "HOLDFAST_DATABASE_URL (--database-url)";

/// One mistake: the command line, its variables, the exit code, and the sentence.
type Mistake = (&'static str, Vec<(&'static str, String)>, i32, String);

/// A start of the whole system with one setting.
fn mistake_of_up(folder: &str, name: &'static str, value: &str, sentence: &str) -> Mistake {
    let data = ("HOLDFAST_DATA_DIR", format!("{folder}/data"));
    let given = vec![(name, value.to_owned()), data];
    (UP, given, 78, sentence.to_owned())
}

/// Names that are wrong, or there twice.
fn mistakes_in_names(folder: &str) -> Vec<Mistake> {
    let up = |name, sentence| mistake_of_up(folder, name, "/x", sentence);
    let (_, mut both, code, _) = up("HOLDFAST_LOG", "");
    both.push(("HOLDFAST_LOG_FILE", "/x".to_owned()));
    let twice =
        "setting HOLDFAST_LOG is given twice, also as HOLDFAST_LOG_FILE: remove one of them";
    let flags = "setting HOLDFAST_DATABASE_URL is given twice, --database-url more than once: remove all but one";
    vec![
        up(
            "HOLDFAST_DATABSE_URL",
            "setting HOLDFAST_DATABSE_URL is unknown; the nearest known one is HOLDFAST_DATABASE_URL: correct it, \
             or remove it",
        ),
        up(
            "HOLDFAST_WEBHOOKS_SECRET_FILE",
            "setting HOLDFAST_WEBHOOKS_SECRET_FILE is unknown; the nearest known one is \
             HOLDFAST_WEBHOOK_SECRET_FILE: correct it, or remove it",
        ),
        (UP, both, code, twice.to_owned()),
        (
            "verify --database-url a --database-url b",
            Vec::new(),
            78,
            flags.to_owned(),
        ),
    ]
}

/// Values that cannot be read.
fn mistakes_in_values(folder: &str) -> Vec<Mistake> {
    let up = |name, value, sentence| mistake_of_up(folder, name, value, sentence);
    let form = format!("setting {DATABASE_URL} is wrong: it must begin with postgres://");
    vec![
        up(
            "HOLDFAST_PUBLIC_ADDR",
            "8080",
            "setting HOLDFAST_PUBLIC_ADDR (--public-addr) is wrong: it must be host:port, such as 127.0.0.1:8080 or \
             localhost:8080",
        ),
        up(
            "HOLDFAST_WEBHOOK_SECRET_FILE",
            "/nowhere/secret",
            "setting HOLDFAST_WEBHOOK_SECRET_FILE names the file /nowhere/secret, which cannot be read: No such file \
             or directory (os error 2)",
        ),
        (
            "verify --database-url mysql://localhost/x",
            Vec::new(),
            78,
            form,
        ),
    ]
}

/// Client properties: value, and the end of the sentence.
const OF_KAFKA: [(&str, &str); 10] = [
    (
        "lingr.ms=3",
        "property lingr.ms is unknown; the nearest known one is linger.ms",
    ),
    (
        "linger.ms=soon",
        "property linger.ms does not take this value",
    ),
    (
        "client.id=a,isolation.level=read_uncommitted",
        "property isolation.level is set by Holdfast, because workers must read committed records only; remove it",
    ),
    (
        "transactional.id=x",
        "property transactional.id is set by Holdfast, because the relay publishes each event exactly once by it; \
         remove it",
    ),
    (
        "enable.idempotence=false",
        "property enable.idempotence is set by Holdfast, because the relay publishes each event exactly once by it; \
         remove it",
    ),
    (
        "group.id=x",
        "property group.id is set by Holdfast, because the groups follow HOLDFAST_GROUP_PREFIX and the roles; remove \
         it",
    ),
    (
        "enable.auto.commit=true",
        "property enable.auto.commit is set by Holdfast, because offsets are committed after the database has the \
         effects; remove it",
    ),
    (
        "client.id=a,b",
        "item 2 must be key=value (several are separated by commas)",
    ),
    (
        "client.id=\"a,b",
        "item 1 must end with its closing quote (write a quote inside as \\\")",
    ),
    (
        "client.id=a,client.id=b",
        "property client.id is given twice: remove one of them",
    ),
];

fn mistakes_in_kafka_options(folder: &str) -> Vec<Mistake> {
    let file = format!("{folder}/options");
    std::fs::write(&file, "linger.ms=2\nlingr.ms=1\n").unwrap();
    let sentence = |end: &str| format!("setting {KAFKA_OPTIONS} is wrong: {end}");
    let up = |(value, end): (&str, &str)| {
        let sentence = match end.starts_with("property") && !end.contains("twice") {
            // What the values' form does not show is found by `up` itself.
            true => format!("holdfast: {}", sentence(end)),
            false => sentence(end),
        };
        mistake_of_up(folder, "HOLDFAST_KAFKA_OPTIONS", value, &sentence)
    };
    let of_file = (
        "migrate --database-url postgres://127.0.0.1:1/x",
        vec![("HOLDFAST_KAFKA_OPTIONS_FILE", file)],
        78,
        sentence(OF_KAFKA[0].1),
    );
    OF_KAFKA.into_iter().map(up).chain([of_file]).collect()
}

/// Mistakes about where things are; these servers answer, or do not.
fn mistakes_in_addresses(server: &str) -> Vec<Mistake> {
    // postgres://USER:PASSWORD@HOST:PORT/DATABASE
    let (user, rest) = server["postgres://".len()..].split_once(':').unwrap();
    let (_, rest) = rest.split_once('@').unwrap();
    let (at, database) = rest.split_once('/').unwrap();
    let database = database.split('?').next().unwrap();
    let verify = |url: String, code, sentence: String| -> Mistake {
        (
            "verify",
            vec![("HOLDFAST_DATABASE_URL", url)],
            code,
            sentence,
        )
    };
    let kafka = vec![
        ("HOLDFAST_DATABASE_URL", server.to_owned()),
        ("HOLDFAST_KAFKA_BROKERS", "127.0.0.1:1".to_owned()),
    ];
    vec![
        verify(
            format!("postgres://{user}:wrong@{at}/{database}"),
            78,
            format!(
                "setting {DATABASE_URL} is wrong: postgres at {at} says: password authentication failed for user \
                 \"{user}\""
            ),
        ),
        verify(
            server.replace(&format!("/{database}"), "/nothing"),
            78,
            format!("setting {DATABASE_URL} is wrong: postgres at {at} says: database \"nothing\" does not exist"),
        ),
        verify(
            "postgres://u:p@127.0.0.1:1/x".to_owned(),
            1,
            format!(
                "connecting to postgres at 127.0.0.1:1 failed: Connection refused (os error 111); start it there, or \
                 correct {DATABASE_URL}"
            ),
        ),
        (
            "migrate",
            kafka,
            1,
            "kafka at 127.0.0.1:1 does not answer: 127.0.0.1:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: \
             Connection refused; start it there, or correct HOLDFAST_KAFKA_BROKERS (--kafka-brokers)"
                .to_owned(),
        ),
    ]
}

fn make_mistake((line, given, ..): &Mistake) -> Said {
    let given: Vec<(&str, &str)> = given.iter().map(|(k, v)| (*k, v.as_str())).collect();
    run(line, &given)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_mistake_in_a_setting_is_one_exact_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Arc::new(ApiFixture::open().await);
    let path = folder.path().to_str().unwrap();
    let mut mistakes = mistakes_in_names(path);
    mistakes.extend(mistakes_in_values(path));
    mistakes.extend(mistakes_in_kafka_options(path));
    mistakes.extend(mistakes_in_addresses(&fixture.server.url()));
    let mut tasks = tokio::task::JoinSet::new();
    for mistake in mistakes {
        tasks.spawn_blocking(move || (make_mistake(&mistake), mistake));
    }
    let mut wrong = Vec::new();
    for (said, (line, given, code, sentence)) in tasks.join_all().await {
        let expected = (Some(code), format!("{sentence}\n"));
        if (said.code, &said.err) != (expected.0, &expected.1) {
            wrong.push(format!(
                "{line} {given:?}\n  said {said:?}\n  expected {expected:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let fixture = Arc::into_inner(fixture).unwrap();
    fixture.server.stop().await.unwrap();
}

/// What looks like a mistake and is none.
#[test]
fn settings_of_other_programs_and_of_tests_are_no_mistakes() {
    let given = [
        ("HOLDFAST_WORKERS_ADDR", "127.0.0.1:0"),
        ("HOLDFAST_DECISION_BATCH", "1"),
        ("HOLDFAST_TEST_KAFKA", "embedded"),
        ("HOLDFAST_FRONT_SERVICE_HOST", "10.0.0.1"),
        ("HOLDFAST_LOG", ""),
        ("HOLDFAST_LGO", ""),
    ];
    let said = run("messages", &given);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
}
