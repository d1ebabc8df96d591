#![no_main]

libfuzzer_sys::fuzz_target!(init: transborder_fuzz::alone(), |bytes: &[u8]| transborder_fuzz::run("writers", bytes));
