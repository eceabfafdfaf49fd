//! Flate and LZW (7.4.4).

use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};
use weezl::{BitOrder, LzwStatus, decode::Decoder};

/// The bytes read ahead.
const AHEAD: usize = 1 << 13;

/// A source with what was read ahead of it.
struct Source<R> {
    inner: R,
    buffer: Vec<u8>,
    at: usize,
    /// Whether the source is at its end; or how it failed.
    ended: bool,
}

impl<R: Read> Source<R> {
    fn new(inner: R) -> Self {
        Self { inner, buffer: vec![], at: 0, ended: false }
    }

    /// Returns bytes; none where the source ended, soundly or not.
    fn fill(&mut self) -> &[u8] {
        if self.at == self.buffer.len() && !self.ended {
            self.buffer.resize(AHEAD, 0);
            // What a filter below could not read is missed here too.
            let read = self.inner.read(&mut self.buffer).unwrap_or(0);
            self.buffer.truncate(read);
            (self.at, self.ended) = (0, read == 0);
        }
        &self.buffer[self.at..]
    }
}

/// Unpacks Flate; the checksum at the end is nobody's business: many writers omit it.
pub(crate) struct Flate<R> {
    source: Source<R>,
    unpack: Decompress,
    begun: bool,
    done: bool,
}

impl<R: Read> Flate<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            source: Source::new(inner),
            unpack: Decompress::new(false),
            begun: false,
            done: false,
        }
    }
}

impl<R: Read> Read for Flate<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.done || out.is_empty() {
            return Ok(0);
        }
        if !std::mem::replace(&mut self.begun, true) {
            let head = self.source.fill();
            // A zlib header: deflate, and a checksum that 31 divides. Some write without it.
            let zlib = head.len() > 1
                && head[0] & 15 == 8
                && (u32::from(head[0]) << 8 | u32::from(head[1])).is_multiple_of(31);
            self.source.at += if zlib { 2 } else { 0 };
        }
        loop {
            let input = self.source.fill();
            let (ended, before) = (input.is_empty(), self.unpack.total_in());
            let written = self.unpack.total_out();
            let status = self
                .unpack
                .decompress(input, out, FlushDecompress::None)
                .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
            self.source.at += (self.unpack.total_in() - before) as usize;
            let written = (self.unpack.total_out() - written) as usize;
            match status {
                Status::StreamEnd => self.done = true,
                _ if written == 0 && ended => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ if written == 0 => continue,
                _ => {}
            }
            return Ok(written);
        }
    }
}

/// Unpacks LZW.
pub(crate) struct Lzw<R> {
    source: Source<R>,
    unpack: Decoder,
    done: bool,
    /// Whether anything was unpacked.
    any: bool,
}

impl<R: Read> Lzw<R> {
    pub(crate) fn new(inner: R, early: bool) -> Self {
        let unpack = if early {
            Decoder::with_tiff_size_switch(BitOrder::Msb, 8)
        } else {
            Decoder::new(BitOrder::Msb, 8)
        };
        Self { source: Source::new(inner), unpack, done: false, any: false }
    }
}

impl<R: Read> Read for Lzw<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.done || out.is_empty() {
            return Ok(0);
        }
        loop {
            let input = self.source.fill();
            let ended = input.is_empty();
            let result = self.unpack.decode_bytes(input, out);
            self.source.at += result.consumed_in;
            match result.status {
                Ok(LzwStatus::Done) => self.done = true,
                Err(_) if result.consumed_out == 0 => {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                _ if result.consumed_out == 0 && ended => {
                    // The mark of the end is often left out.
                    self.done = true;
                    if !self.any {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                _ if result.consumed_out == 0 => continue,
                _ => {}
            }
            self.any = true;
            return Ok(result.consumed_out);
        }
    }
}
