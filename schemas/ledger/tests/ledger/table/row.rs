//! One row of a table, taken apart into words.

/// `verb token amount key=value flag …`
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) verb: String,
    pub(super) token: String,
    pub(super) amount: Option<String>,
    words: Vec<String>,
    /// The line it stands on: its minute.
    pub(super) line: i64,
}

const FLAGS: [&str; 3] = ["full", "final", "fast"];

impl Row {
    pub(super) fn parse(text: &str, line: i64) -> Self {
        let mut row = Self {
            verb: String::new(),
            token: String::new(),
            amount: None,
            words: Vec::new(),
            line,
        };
        for word in text.split_whitespace().map(str::to_owned) {
            if row.verb == "=>" {
                break;
            } else if row.verb.is_empty() {
                row.verb = word;
            } else if word.contains('=') || FLAGS.contains(&word.as_str()) {
                row.words.push(word);
            } else if word.starts_with(|first: char| first.is_ascii_digit()) {
                row.amount = Some(word);
            } else {
                assert!(row.token.is_empty(), "two tokens in: {text}");
                row.token = word;
            }
        }
        row
    }

    /// `key=value`
    pub(super) fn option(&self, key: &str) -> Option<&str> {
        let pairs = self.words.iter().filter_map(|word| word.split_once('='));
        pairs
            .filter(|(name, _)| *name == key)
            .map(|(_, value)| value)
            .next()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.words.iter().any(|word| word == name)
    }

    /// Does it leave it to another row to say what the message is?
    fn is_about(&self) -> bool {
        ["ours", "decline", "error"].contains(&self.verb.as_str())
    }

    /// Is it something that we do, not a message?
    pub(super) fn is_act(&self) -> bool {
        ["expire", "release"].contains(&self.verb.as_str())
    }

    /// The row that says what the message is, seen from this row: `decline t1` is `auth t1 100.00`,
    /// declined. Words of this row go before words of that one.
    pub(super) fn whole(&self, rows: &[Row]) -> Row {
        let mut same = rows
            .iter()
            .filter(|row| row.token == self.token && !row.is_act());
        let mut whole = self.clone();
        whole.line = same.clone().next().map_or(self.line, |first| first.line);
        if self.is_about() {
            let named = self.option("as").unwrap_or("auth").to_owned();
            let row = same.find(|row| !row.is_about());
            whole.verb = row.map_or(named, |row| row.verb.clone());
            whole.amount = whole.amount.or_else(|| row?.amount.clone());
            whole
                .words
                .extend(row.into_iter().flat_map(|row| row.words.clone()));
        }
        whole
    }

    /// The first message of the purchase: up the chain of `of=`.
    pub(super) fn root(&self, rows: &[Row]) -> String {
        let mut root = self.token.clone();
        for _ in rows {
            let row = rows
                .iter()
                .find(|row| row.token == root && row.option("of").is_some());
            match row.and_then(|row| row.option("of")) {
                Some(parent) => root = parent.to_owned(),
                None => break,
            }
        }
        root
    }
}
