//! Fuzzes the door: any bytes are looked at, unpacked and unfolded within bounds of memory and time,
//! never with a panic, and what comes out keeps the bounds that were asked for.
//!
//! The last bytes choose what is done, so that any PDF, and any stream, is a seed.
#![no_main]

use std::borrow::Cow;

use door::{
    Filter, Limits, Predictor, content, dictionary, inspect, operations, pieces, unfold, unpack,
};
use libfuzzer_sys::fuzz_target;

/// Far more than a fuzzer's input unpacks to in time.
const MOST: usize = 4 << 20;

/// Bounds that an input can reach.
fn limits() -> Limits {
    Limits { stream: MOST as u64, objects: MOST as u64, work: 16 << 20, nesting: 500 }
}

fn filter(byte: u8, more: u8) -> Filter {
    let predictor = Predictor {
        kind: i64::from(more % 16),
        colours: i64::from(1 + more / 16 % 4),
        bits: i64::from(1u8 << (more / 64)),
        columns: i64::from(more % 61),
    };
    match byte % 7 {
        0 => Filter::Hex,
        1 => Filter::Base85,
        2 => Filter::Runs,
        3 => Filter::Flate(predictor),
        4 => Filter::Lzw { early: true, predictor },
        5 => Filter::Lzw { early: false, predictor },
        _ => Filter::Picture,
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&[count, one, two, more], data)) = bytes.split_last_chunk::<4>().map(|(d, l)| (l, d))
    else {
        return;
    };
    if inspect(data, &limits()).is_ok() {
        _ = unfold(data, &limits());
    }
    let filters = [filter(one, more), filter(two, more)];
    let unpacked = unpack(data, &filters[..usize::from(count % 3)], MOST);
    assert!(unpacked.bytes.len() <= MOST, "{} bytes", unpacked.bytes.len());
    _ = dictionary(data, 0);
    // What is not written anew stands in its order.
    let mut end = data.as_ptr();
    for piece in pieces(data) {
        if let Cow::Borrowed(own) = piece {
            let range = own.as_ptr_range();
            assert!(end <= range.start && range.end <= data.as_ptr_range().end);
            end = range.end;
        }
    }
    if !content(data, 500)
        && let Some(all) = operations(data)
    {
        let mut end = 0;
        for operation in all {
            assert!(end <= operation.start && operation.start <= operation.end, "{operation:?}");
            end = operation.end;
            _ = (operation.numbers(), operation.name());
        }
        assert!(end <= data.len());
    }
});
