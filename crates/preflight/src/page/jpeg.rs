//! What a JPEG says of itself (ITU-T T.81, annex B), and whether it comes to its end.

/// A JPEG's frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Jpeg {
    /// Its width and height in pixels.
    pub(super) size: (u32, u32),
    /// Its components.
    pub(super) components: u8,
    /// Whether the mark of its end is there.
    pub(super) whole: bool,
}

impl Jpeg {
    /// Reads a JPEG's markers; `None` if there is no frame.
    pub(super) fn read(data: &[u8]) -> Option<Self> {
        let (mut at, mut frame) = (0, None);
        let next = |at: usize| data.get(at..)?.iter().position(|byte| *byte == 0xFF);
        while let Some(found) = next(at) {
            at += found;
            let Some(&kind) = data.get(at + 1) else { break };
            match kind {
                // The end counts behind a frame: a preview within an application's own part is
                // passed over with that part.
                0xD9 if frame.is_some() => {
                    return frame.map(|frame| Self { whole: true, ..frame });
                }
                // Fill, stuffing, restarts, the start.
                0xFF => at += 1,
                0x00 | 0x01 | 0xD0..=0xD9 => at += 2,
                _ => {
                    let part = data.get(at + 2..)?;
                    let Some(length) = part.first_chunk().map(|b| u16::from_be_bytes(*b)) else {
                        break;
                    };
                    if matches!(kind, 0xC0..=0xCF) && !matches!(kind, 0xC4 | 0xC8 | 0xCC) {
                        let [_, _, _, h1, h0, w1, w0, components] = *part.first_chunk()?;
                        let pair = |high, low| u32::from(u16::from_be_bytes([high, low]));
                        let size = (pair(w1, w0), pair(h1, h0));
                        frame = Some(Self { size, components, whole: false });
                    }
                    at += 2 + usize::from(length.max(2));
                }
            }
        }
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_and_the_end_are_found() {
        let preview = [0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9];
        let frame = [0xFF, 0xC2, 0, 8, 8, 0, 20, 0, 30, 3];
        let scan = [0xFF, 0xDA, 0, 3, 1, 0x55, 0xFF, 0x00, 0x66, 0xFF, 0xD0, 0x77];
        let cut = [&[0xFF, 0xD8][..], &preview, &frame, &scan].concat();
        let jpeg = Jpeg { size: (30, 20), components: 3, whole: false };
        assert_eq!(Jpeg::read(&cut), Some(jpeg));
        let whole = [&cut[..], &[0xFF, 0xD9]].concat();
        assert_eq!(Jpeg::read(&whole), Some(Jpeg { whole: true, ..jpeg }));
        assert_eq!(Jpeg::read(&[0xFF, 0xD8, 0xFF, 0xD9]), None);
        assert_eq!(Jpeg::read(b"no picture"), None);
    }
}
