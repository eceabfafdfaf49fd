//! Page selections such as `1-3,7,20-`.

use std::num::NonZeroUsize;
use std::str::FromStr;

use crate::error::RequestError;

/// Page ranges, counted from 1; an open end extends to the report's last page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    text: String,
    ranges: Vec<(Option<NonZeroUsize>, Option<NonZeroUsize>)>,
}

impl FromStr for Pages {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || RequestError::Pages(text.to_owned());
        let number = |text: &str| match text.trim() {
            "" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| wrong()),
        };
        let ranges = text
            .split(',')
            .map(|range| {
                let (from, to) = match range.split_once('-') {
                    Some((from, to)) => (number(from)?, number(to)?),
                    None => {
                        let page = number(range)?.ok_or_else(wrong)?;
                        (Some(page), Some(page))
                    }
                };
                match (from, to) {
                    (None, None) => Err(wrong()),
                    (Some(from), Some(to)) if from > to => Err(wrong()),
                    range => Ok(range),
                }
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), ranges })
    }
}

impl Pages {
    /// Returns whether a page, from 1, is selected.
    pub fn contains(&self, page: usize) -> bool {
        self.ranges.iter().any(|(from, to)| {
            from.is_none_or(|from| from.get() <= page) && to.is_none_or(|to| page <= to.get())
        })
    }

    /// Converts the selection for Typst; fails if it contains none of the report's pages.
    pub fn of(&self, count: usize) -> Result<typst::layout::PageRanges, RequestError> {
        if !(1..=count).any(|page| self.contains(page)) {
            return Err(RequestError::NoSuchPage(self.text.clone(), count));
        }
        Ok(typst::layout::PageRanges::new(
            self.ranges.iter().map(|&(from, to)| from..=to).collect(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_with_open_ends() {
        let pages: Pages = "1-3,7,20-".parse().expect("ranges");
        let chosen: Vec<_> = (1..=22).filter(|&page| pages.contains(page)).collect();
        assert_eq!(chosen, [1, 2, 3, 7, 20, 21, 22]);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "-", "3-1", "x", "0", "1,,2"] {
            assert!(text.parse::<Pages>().is_err(), "{text}");
        }
        assert!("30".parse::<Pages>().expect("a page").of(24).is_err());
    }
}
