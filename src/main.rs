//! Parse arguments, audit, render, exit.
fn main() {}
