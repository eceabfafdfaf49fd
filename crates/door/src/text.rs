//! Filters of letters and of runs (7.4.2, 7.4.3, 7.4.5).

use std::io::{self, Read};

use crate::lex::is_space;

fn damaged<T>() -> io::Result<T> {
    Err(io::ErrorKind::InvalidData.into())
}

/// Reads bytes one by one, from a buffer.
struct Bytes<R> {
    inner: R,
    buffer: Vec<u8>,
    at: usize,
}

impl<R: Read> Bytes<R> {
    fn new(inner: R) -> Self {
        Self { inner, buffer: vec![], at: 0 }
    }

    fn next(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.buffer.len() {
            self.buffer.resize(1 << 13, 0);
            let read = self.inner.read(&mut self.buffer)?;
            self.buffer.truncate(read);
            self.at = 0;
        }
        let byte = self.buffer.get(self.at).copied();
        self.at += usize::from(byte.is_some());
        Ok(byte)
    }
}

/// Fills `out` with what `next` gives, and keeps what has no room.
fn give(
    out: &mut [u8],
    waiting: &mut Vec<u8>,
    mut next: impl FnMut(&mut Vec<u8>) -> io::Result<bool>,
) -> io::Result<usize> {
    while waiting.len() < out.len() {
        let had = waiting.len();
        match next(waiting) {
            Ok(true) => {}
            Ok(false) => break,
            // What was read before is given first.
            Err(_) if had > 0 => break,
            Err(error) => return Err(error),
        }
    }
    let count = waiting.len().min(out.len());
    out[..count].copy_from_slice(&waiting[..count]);
    waiting.drain(..count);
    Ok(count)
}

/// ASCIIHexDecode.
pub(crate) struct Hex<R>(Bytes<R>, Vec<u8>, bool);

impl<R: Read> Hex<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self(Bytes::new(inner), vec![], false)
    }
}

impl<R: Read> Read for Hex<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Self(bytes, waiting, done) = self;
        give(out, waiting, |waiting| {
            let mut digits = [0; 2];
            let mut count = 0;
            while count < 2 && !*done {
                match bytes.next()? {
                    None | Some(b'>') => *done = true,
                    Some(byte) if is_space(byte) => {}
                    Some(byte) => match char::from(byte).to_digit(16) {
                        Some(digit) => (digits[count], count) = (digit as u8, count + 1),
                        None => return damaged(),
                    },
                }
            }
            if count > 0 {
                waiting.push(digits[0] << 4 | digits[1]);
            }
            Ok(!*done)
        })
    }
}

/// ASCII85Decode.
pub(crate) struct Base85<R>(Bytes<R>, Vec<u8>, bool);

impl<R: Read> Base85<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self(Bytes::new(inner), vec![], false)
    }
}

impl<R: Read> Read for Base85<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Self(bytes, waiting, done) = self;
        give(out, waiting, |waiting| {
            let (mut sum, mut count) = (0u32, 0);
            while count < 5 && !*done {
                match bytes.next()? {
                    None | Some(b'~') => *done = true,
                    Some(b'z') if count == 0 => {
                        waiting.extend([0; 4]);
                        return Ok(true);
                    }
                    Some(byte) if is_space(byte) => {}
                    Some(byte @ b'!'..=b'u') => {
                        sum = sum.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                        count += 1;
                    }
                    Some(_) => return damaged(),
                }
            }
            if count > 1 {
                let sum = (count..5).fold(sum, |sum, _| sum.wrapping_mul(85).wrapping_add(84));
                waiting.extend(&sum.to_be_bytes()[..count - 1]);
            }
            Ok(!*done)
        })
    }
}

/// RunLengthDecode.
pub(crate) struct Runs<R>(Bytes<R>, Vec<u8>, bool);

impl<R: Read> Runs<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self(Bytes::new(inner), vec![], false)
    }
}

impl<R: Read> Read for Runs<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Self(bytes, waiting, done) = self;
        give(out, waiting, |waiting| {
            if *done {
                return Ok(false);
            }
            match bytes.next()? {
                None | Some(128) => *done = true,
                Some(length @ 0..=127) => {
                    for _ in 0..=length {
                        match bytes.next()? {
                            Some(byte) => waiting.push(byte),
                            None => return damaged(),
                        }
                    }
                }
                Some(length) => match bytes.next()? {
                    Some(byte) => {
                        waiting.extend(std::iter::repeat_n(byte, 257 - usize::from(length)))
                    }
                    None => return damaged(),
                },
            }
            Ok(!*done)
        })
    }
}
