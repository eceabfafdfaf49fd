//! Fuzzes the way from delimited text to a chart's numbers: any bytes are read within bounds of
//! memory and time, never with a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trendpress_fuzz::read;

const CHART: &str =
    "```chart\nkind: bar\ntitle: 题\ndata: a.csv\nx: 年\ny: 值\nsource: 源\nalt: 图\n```";

fuzz_target!(|bytes: &[u8]| {
    read(CHART, "a.csv", bytes);
});
