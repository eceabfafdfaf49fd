//! Rows that were predicted from their neighbours (7.4.4.4).

use std::io::{self, Read};

/// The maximum length of a row, in bytes.
const ROW: usize = 1 << 24;

/// How a row was predicted before it was packed (7.4.4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predictor {
    /// 1 for none, 2 for TIFF's, 10 and more for PNG's.
    pub kind: i64,
    /// Components of a sample.
    pub colours: i64,
    /// Bits of a component.
    pub bits: i64,
    /// Samples of a row.
    pub columns: i64,
}

impl Default for Predictor {
    fn default() -> Self {
        Self { kind: 1, colours: 1, bits: 8, columns: 1 }
    }
}

/// Undoes a prediction, row by row.
pub(crate) struct Predicted<R> {
    inner: R,
    how: Predictor,
    /// The bytes of a pixel: those to the left are so far away.
    step: usize,
    row: Vec<u8>,
    above: Vec<u8>,
    at: usize,
    /// How many bytes of the row are sound.
    length: usize,
    failed: bool,
}

impl<'a, R: Read + 'a> Predicted<R> {
    /// Returns a reader that undoes a prediction, if there is one.
    pub(crate) fn around(inner: R, how: Predictor) -> Box<dyn Read + 'a> {
        let known = how.kind == 2 || how.kind >= 10;
        let bits = how.colours.saturating_mul(how.bits);
        let row = bits.saturating_mul(how.columns).saturating_add(7) / 8;
        if !known || bits <= 0 || row <= 0 || row > ROW as i64 {
            return Box::new(inner);
        }
        let (row, step) = (row as usize, ((bits + 7) / 8) as usize);
        Box::new(Self {
            inner,
            how,
            step,
            row: vec![0; row],
            above: vec![0; row],
            at: 0,
            length: 0,
            failed: false,
        })
    }

    /// Reads the next row; returns whether there is any of it.
    fn next(&mut self) -> io::Result<bool> {
        std::mem::swap(&mut self.row, &mut self.above);
        self.row.fill(0);
        let mut kind = [0];
        let png = self.how.kind >= 10;
        if png && !self.fill(&mut kind)? {
            return Ok(false);
        }
        let mut row = std::mem::take(&mut self.row);
        let mut length = 0;
        while length < row.len() {
            match self.inner.read(&mut row[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                // The part of a row that came is shown, then the failure.
                Err(error) if length == 0 => {
                    // Whoever reads on finds rows of the same length.
                    self.row = row;
                    return Err(error);
                }
                Err(_) => {
                    self.failed = true;
                    break;
                }
            }
        }
        (self.row, self.length, self.at) = (row, length, 0);
        if png {
            self.png(kind[0])
        } else {
            self.tiff()
        }
        Ok(length > 0)
    }

    fn fill(&mut self, one: &mut [u8; 1]) -> io::Result<bool> {
        Ok(self.inner.read(one)? == 1)
    }

    fn png(&mut self, kind: u8) {
        for at in 0..self.row.len() {
            let left = if at < self.step { 0 } else { self.row[at - self.step] };
            let corner = if at < self.step { 0 } else { self.above[at - self.step] };
            let above = self.above[at];
            let guess = match kind {
                1 => left,
                2 => above,
                3 => ((u16::from(left) + u16::from(above)) / 2) as u8,
                4 => paeth(left, above, corner),
                _ => 0,
            };
            self.row[at] = self.row[at].wrapping_add(guess);
        }
    }

    fn tiff(&mut self) {
        let colours = self.how.colours as usize;
        match self.how.bits {
            8 => {
                for at in colours..self.row.len() {
                    self.row[at] = self.row[at].wrapping_add(self.row[at - colours]);
                }
            }
            16 => {
                for at in (2 * colours..self.row.len().saturating_sub(1)).step_by(2) {
                    let get = |at: usize| u16::from_be_bytes([self.row[at], self.row[at + 1]]);
                    let sum = get(at).wrapping_add(get(at - 2 * colours)).to_be_bytes();
                    self.row[at..at + 2].copy_from_slice(&sum);
                }
            }
            bits @ (1 | 2 | 4) => {
                let (bits, top) = (bits as usize, (1u8 << bits) - 1);
                let mut last = vec![0u8; colours];
                for sample in 0..self.row.len() * 8 / bits {
                    let (byte, shift) = (sample * bits / 8, 8 - bits - sample * bits % 8);
                    let own = (self.row[byte] >> shift) & top;
                    let sum = own.wrapping_add(last[sample % colours]) & top;
                    self.row[byte] = self.row[byte] & !(top << shift) | sum << shift;
                    last[sample % colours] = sum;
                }
            }
            _ => {}
        }
    }
}

impl<R: Read> Read for Predicted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.length {
            if self.failed {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if !self.next()? {
                return Ok(0);
            }
        }
        let count = out.len().min(self.length - self.at);
        out[..count].copy_from_slice(&self.row[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails twice, then goes on.
    struct Stumbling(u8);

    impl Read for Stumbling {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            match self.0 {
                2 | 3 => Err(io::ErrorKind::InvalidData.into()),
                _ => {
                    out.fill(1);
                    Ok(out.len())
                }
            }
        }
    }

    #[test]
    fn rows_go_on_after_a_failure() {
        for kind in [2, 15] {
            let how = Predictor { kind, colours: 1, bits: 8, columns: 3 };
            let mut reader = Predicted::around(Stumbling(0), how);
            let mut out = [0; 3];
            let results: Vec<_> = (0..6).map(|_| reader.read(&mut out).is_ok()).collect();
            assert!(results.contains(&false) && results.ends_with(&[true]), "{results:?}");
        }
    }
}
