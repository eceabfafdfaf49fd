//! Fuzzes the way from a workbook to a chart's numbers: any bytes are read or refused within bounds
//! of memory and time; what panics in the reader of workbooks is told.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trendpress_fuzz::{let_panics_be_caught, read};

const CHART: &str =
    "```chart\nkind: bar\ntitle: 题\ndata: a.xlsx\nx: 年\ny: 值\nsource: 源\nalt: 图\n```";

fuzz_target!(
    init: let_panics_be_caught(),
    |bytes: &[u8]| {
        read(CHART, "a.xlsx", bytes);
    }
);
