//! The content that a version was made from, used to find the source lines of its words.

/// The numbers of letters around a change to look up, longest first: even the shortest locates
/// it.
const PROBES: [usize; 4] = [32, 20, 12, 7];

/// The minimum length of a match: fewer letters are found anywhere.
const SHORTEST: usize = 4;
/// The maximum number of positions in a block to look up if the change itself is not found.
const OTHERS: usize = 40;

/// The text files that a version was made from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// A file, reduced to its letters and digits, since punctuation and spaces are set differently
/// from how they are written.
#[derive(Debug, Clone)]
struct Source {
    path: String,
    letters: Vec<char>,
    /// The line of each letter, from 1.
    lines: Vec<usize>,
}

impl Sources {
    /// The text files by their paths as messages show them, in the order in which they are to be
    /// searched.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().map(|(path, text)| Source::new(path, &text)).collect() }
    }

    /// Returns the file and line of the text at `at`, if it occurs exactly once in the content.
    pub(super) fn find(&self, text: &[char], at: usize) -> Option<(String, usize)> {
        let letter = |c: &char| c.is_alphanumeric();
        let before = text[..at.min(text.len())].iter().filter(|c| letter(c)).count();
        // A citation's number is not what is written.
        let letters: Vec<char> = text.iter().copied().filter(letter).collect();
        PROBES.iter().find_map(|&length| {
            let length = length.min(letters.len());
            // From the change on, up to it, around it; where the content says it otherwise, what
            // else the block says.
            let starts =
                [before, (before + 1).saturating_sub(length), before.saturating_sub(length / 2)];
            let others = (0..letters.len()).step_by((length / 2).max(1)).take(OTHERS);
            starts.into_iter().chain(others).find_map(|start| {
                let start = start.min(letters.len() - length);
                let found = self.places(&letters[start..start + length]);
                let within = before.saturating_sub(start).min(length.saturating_sub(1));
                match found[..] {
                    [(file, place)] if length >= SHORTEST => {
                        Some((file.path.clone(), *file.lines.get(place + within)?))
                    }
                    _ => None,
                }
            })
        })
    }

    fn places(&self, probe: &[char]) -> Vec<(&Source, usize)> {
        if probe.is_empty() {
            return vec![];
        }
        let of = |file: &'_ Source| -> Vec<usize> {
            file.letters
                .windows(probe.len())
                .enumerate()
                .filter(|(_, at)| *at == probe)
                .map(|(at, _)| at)
                .collect()
        };
        self.files
            .iter()
            .flat_map(|file| of(file).into_iter().map(move |at| (file, at)))
            .take(2)
            .collect()
    }
}

impl Source {
    fn new(path: String, text: &str) -> Self {
        let (letters, lines) = text
            .lines()
            .enumerate()
            .flat_map(|(line, text)| {
                text.chars().filter(|c| c.is_alphanumeric()).map(move |c| (c, line + 1))
            })
            .unzip();
        Self { path, letters, lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        Sources::new(
            files.iter().map(|(path, text)| (format!("content/{path}"), (*text).to_owned())),
        )
    }

    #[test]
    fn a_change_is_found_on_its_line_whatever_marks_are_written() {
        let sources = sources(&[(
            "a.md",
            "---\ntitle: 甲\n---\n\n第一段[@key]的文字，\n在**第二行**上变了一处。\n",
        )]);
        let text: Vec<char> = "第一段[3]的文字，在第二行上变了一处。".chars().collect();
        let at = text.iter().position(|c| *c == '变').expect("it is there");
        assert_eq!(sources.find(&text, at), Some(("content/a.md".into(), 6)));
    }

    #[test]
    fn what_is_written_twice_has_no_place() {
        let sources = sources(&[("a.md", "同样的一句话在两处"), ("b/c.md", "同样的一句话在两处")]);
        let text: Vec<char> = "同样的一句话在两处".chars().collect();
        assert_eq!(sources.find(&text, 0), None);
        assert_eq!(sources.find(&[], 0), None);
    }
}
