//! Which rows of a table one of several tasks makes.

use std::fmt;

use l10n::say;

/// One of several tasks, which makes every n-th row. Rows that are dear often stand together, so
/// that a task takes its rows from all over the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 0.
    index: usize,
    count: usize,
}

/// Why no shard can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShardError {
    /// The text is not `3/64`.
    Syntax(String),
    /// The first of `3/2` is larger than the second.
    TooHigh(usize, usize),
    /// A scheduler's variable says which task this is, and nothing says how many there are.
    NoCount(&'static str),
    /// How many there are is said, and not which this is.
    NoIndex,
    /// A scheduler's variable is not a number.
    NotANumber(&'static str, String),
}

impl Default for Shard {
    /// The whole.
    fn default() -> Self {
        Self { index: 0, count: 1 }
    }
}

impl Shard {
    /// Reads `3/64`, the third of 64.
    pub fn parse(text: &str) -> Result<Self, ShardError> {
        let numbers = text.split_once('/').and_then(|(index, count)| {
            Some((index.trim().parse().ok()?, count.trim().parse::<usize>().ok()?))
        });
        match numbers {
            Some((index, count)) => Self::of(index, count, text),
            None => Err(ShardError::Syntax(text.to_owned())),
        }
    }

    fn of(number: usize, count: usize, text: &str) -> Result<Self, ShardError> {
        match number.checked_sub(1) {
            None => Err(ShardError::Syntax(text.to_owned())),
            Some(index) if index < count => Ok(Self { index, count }),
            Some(_) => Err(ShardError::TooHigh(number, count)),
        }
    }

    /// Reads the shard from a scheduler's variables. `count` is said on the command line; a Slurm
    /// array says it too, a Kubernetes Indexed Job and GNU parallel do not.
    ///
    /// What GNU parallel sets is taken only with a `count`: it is there for every command that it
    /// runs, and a whole table may be one.
    pub fn of_environment(
        count: Option<usize>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, ShardError> {
        let number = |name: &'static str| match variable(name).filter(|text| !text.is_empty()) {
            None => Ok(None),
            Some(text) => match text.trim().parse::<usize>() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(ShardError::NotANumber(name, text)),
            },
        };
        if let Some(id) = number("SLURM_ARRAY_TASK_ID")? {
            let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
            let last = number("SLURM_ARRAY_TASK_MAX")?;
            let tasks = match count {
                Some(count) => Some(count),
                None => number("SLURM_ARRAY_TASK_COUNT")?,
            };
            let Some(tasks) = tasks else { return Err(ShardError::NoCount("SLURM_ARRAY_TASK_ID")) };
            // With `--array=0-70:10` the tasks are ten apart; a list such as `1,5,6` has no step.
            let step = last.map_or(1, |last| {
                if tasks > 1 { (last.saturating_sub(first) / (tasks - 1)).max(1) } else { 1 }
            });
            let index = id.saturating_sub(first) / step;
            return Self::of(index + 1, tasks, &id.to_string()).map(Some);
        }
        if let Some(index) = number("JOB_COMPLETION_INDEX")? {
            let Some(count) = count else {
                return Err(ShardError::NoCount("JOB_COMPLETION_INDEX"));
            };
            return Self::of(index + 1, count, &index.to_string()).map(Some);
        }
        let Some(count) = count else { return Ok(None) };
        match number("PARALLEL_SEQ")? {
            Some(number) => Self::of(number, count, &number.to_string()).map(Some),
            None => Err(ShardError::NoIndex),
        }
    }

    /// Whether a row, counted from 0 through the whole table, is this task's.
    pub fn has(self, row: usize) -> bool {
        row % self.count == self.index
    }

    /// Whether it is the whole.
    pub fn is_whole(self) -> bool {
        self.count == 1
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self.index + 1
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.count
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number(), self.count)
    }
}

impl ShardError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Syntax(_) | Self::TooHigh(..) => {
                say!("write the third of 64 tasks as `--shard 3/64`")
            }
            Self::NoCount(_) => say!("say how many tasks there are: `--shards 64`"),
            Self::NoIndex => {
                say!("run it under Slurm, Kubernetes or GNU parallel, or write `--shard 3/64`")
            }
            Self::NotANumber(name, _) => say!("unset `{name}`, or write `--shard 3/64`", name),
        }
    }
}

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Syntax(text) => say!("`{text}` is no shard", text),
            Self::TooHigh(number, count) => {
                say!("there is no task {number} of {count}", number, count)
            }
            Self::NoCount(name) => {
                say!("`{name}` says which task this is, but not how many there are", name)
            }
            Self::NoIndex => say!("nothing says which of the tasks this is"),
            Self::NotANumber(name, text) => say!("`{name}` is `{text}`, and no number", name, text),
        })
    }
}

impl std::error::Error for ShardError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: Option<usize>, set: &[(&str, &str)]) -> Result<Option<String>, ShardError> {
        let variable = |name: &str| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        Shard::of_environment(count, variable).map(|shard| shard.map(|shard| shard.to_string()))
    }

    #[test]
    fn every_row_is_one_task_s() {
        for count in [1, 2, 7, 64] {
            for row in 0..200 {
                let whose = (1..=count)
                    .filter(|n| Shard::parse(&format!("{n}/{count}")).expect("a shard").has(row));
                assert_eq!(whose.count(), 1, "{row} of {count}");
            }
        }
    }

    #[test]
    fn what_is_no_shard_is_told() {
        for text in ["", "3", "a/b", "0/4", "3/", "/4", "-1/4"] {
            assert_eq!(Shard::parse(text), Err(ShardError::Syntax(text.to_owned())), "{text}");
        }
        assert_eq!(Shard::parse("5/4"), Err(ShardError::TooHigh(5, 4)));
        assert!(Shard::parse(" 4 / 4 ").is_ok());
    }

    #[test]
    fn schedulers_say_which_task_this_is() {
        let slurm = |id, min, max, count| {
            of(
                None,
                &[
                    ("SLURM_ARRAY_TASK_ID", id),
                    ("SLURM_ARRAY_TASK_MIN", min),
                    ("SLURM_ARRAY_TASK_MAX", max),
                    ("SLURM_ARRAY_TASK_COUNT", count),
                ],
            )
        };
        assert_eq!(slurm("0", "0", "7", "8"), Ok(Some("1/8".into())));
        assert_eq!(slurm("8", "1", "8", "8"), Ok(Some("8/8".into())));
        assert_eq!(slurm("70", "0", "70", "8"), Ok(Some("8/8".into())));
        assert_eq!(slurm("5", "5", "5", "1"), Ok(Some("1/1".into())));
        let kubernetes = [("JOB_COMPLETION_INDEX", "3")];
        assert_eq!(of(Some(16), &kubernetes), Ok(Some("4/16".into())));
        assert_eq!(of(None, &kubernetes), Err(ShardError::NoCount("JOB_COMPLETION_INDEX")));
        assert_eq!(of(Some(3), &kubernetes), Err(ShardError::TooHigh(4, 3)));
        let parallel = [("PARALLEL_SEQ", "2")];
        assert_eq!(of(Some(4), &parallel), Ok(Some("2/4".into())));
        assert_eq!(of(None, &parallel), Ok(None));
        assert_eq!(of(None, &[]), Ok(None));
        assert_eq!(of(Some(4), &[]), Err(ShardError::NoIndex));
        let wrong = of(None, &[("SLURM_ARRAY_TASK_ID", "x")]);
        assert_eq!(wrong, Err(ShardError::NotANumber("SLURM_ARRAY_TASK_ID", "x".into())));
    }
}
