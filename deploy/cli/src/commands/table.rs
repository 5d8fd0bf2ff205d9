//! Columns for people.

/// Rows under a heading, each column as wide as its widest cell. Amounts stand at the right.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    right: &'static [usize],
}

impl Table {
    /// A table with these headings; the columns numbered in `right` are aligned to the right.
    pub(super) fn new(headings: &[&str], right: &'static [usize]) -> Self {
        let headings = headings
            .iter()
            .map(|heading| (*heading).to_owned())
            .collect();
        Self {
            rows: vec![headings],
            right,
        }
    }

    /// Adds a row.
    pub(super) fn add_row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows
            .push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }

    /// Renders the table, or this text when it has no rows.
    pub(super) fn render_or(&self, nothing: &str) -> String {
        if self.rows.len() <= 1 {
            return nothing.to_owned();
        }
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let width = self.column_width(column);
                if self.right.contains(&column) {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn column_width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new(&["name", "amount"], &[1]);
        assert_eq!(table.render_or("no rows"), "no rows");
        table.add_row(["alice", "5.00"]);
        table.add_row(["bo", "1205.00"]);
        assert_eq!(
            table.render_or(""),
            "name    amount\nalice     5.00\nbo     1205.00"
        );
    }
}
