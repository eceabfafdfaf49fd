//! Conditions on variables: `tier=gold`, `region!=north|south`.

/// A condition on one variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The variable.
    pub name: String,
    /// Whether it holds if the variable has one of the values, or if it has none of them.
    pub is: bool,
    /// The values.
    pub values: Vec<String>,
}

impl Condition {
    /// The condition that a variable has one of the values that bars part.
    pub fn of(name: &str, values: &str, is: bool) -> Self {
        let values = values.split(['|', '｜']).map(|value| value.trim().to_owned());
        Self { name: name.to_owned(), is, values: values.collect() }
    }
}

/// Reads conditions, of which commas part several; fails with the part that is none.
pub(crate) fn read(text: &str) -> Result<Vec<Condition>, String> {
    let parts = text.split([',', '，', ';', '；']);
    parts
        .map(|part| {
            let Some((name, values)) = part.split_once(['=', '＝']) else {
                return Err(part.trim().to_owned());
            };
            let bare = name.trim().trim_end_matches(['!', '！']).trim_end();
            if !super::mark::is_name(bare) || values.trim().is_empty() {
                return Err(part.trim().to_owned());
            }
            Ok(Condition::of(bare, values, bare.len() == name.trim().len()))
        })
        .collect()
}
