//! What Python source becomes: which values reach where, which calls are seen, and that nothing breaks the lowering.

#![allow(missing_docs)]

mod calls;
mod flow;
mod guards;
mod made;
mod robust;
mod shapes;
mod values;
