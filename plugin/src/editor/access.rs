//! What a panel may read about parameters, and the outbox for what it wants.
//!
//! Panels never hold a parameter or a channel: they look values up by id through [`ParamAccess`] and leave
//! [`Wish`]es in the [`Outbox`]. The shell grants them after the frame, on the window's thread. So the same
//! panels run under a host, under a test and under a benchmark.

use music::lane::Lane;

use crate::export::Scope;
use crate::snapshot::Command;

/// Parameters by id, as the host has them at this moment.
pub trait ParamAccess {
    /// Value, 0–1.
    fn value(&self, id: &str) -> f32;
    /// Value of a new instance, 0–1.
    fn default_value(&self, id: &str) -> f32;
    /// Steps between lowest and highest value; `None` for a continuous one.
    fn steps(&self, id: &str) -> Option<usize>;
    /// `value` as the host shows it, unit included.
    fn text(&self, id: &str, value: f32) -> String;
    /// What the host calls it.
    fn name(&self, id: &str) -> String;
    /// Reads what a user typed.
    fn parse(&self, id: &str, text: &str) -> Option<f32>;

    /// The present value as text.
    fn shown(&self, id: &str) -> String {
        self.text(id, self.value(id))
    }
    /// A stepped parameter's step, counted from 0; on/off is 0 or 1.
    fn step(&self, id: &str) -> usize {
        (self.value(id) * self.steps(id).unwrap_or(1) as f32).round() as usize
    }
    /// The value of a step.
    fn value_of_step(&self, id: &str, step: usize) -> f32 {
        (step as f32 / self.steps(id).unwrap_or(1).max(1) as f32).clamp(0.0, 1.0)
    }
    /// The nearest value that the parameter can take.
    fn snapped(&self, id: &str, value: f32) -> f32 {
        match self.steps(id) {
            Some(steps) if steps > 0 => {
                (value.clamp(0.0, 1.0) * steps as f32).round() / steps as f32
            }
            _ => value.clamp(0.0, 1.0),
        }
    }
}

/// Id of a lane's parameter: `bass_density`.
pub fn lane_param(lane: Lane, control: &str) -> String {
    format!("{}_{control}", lane.id())
}

/// Something a panel wants done.
#[derive(Clone, Debug)]
pub enum Wish {
    /// The user takes hold of a parameter.
    Begin(String),
    /// A new value while held, 0–1.
    Set(String, f32),
    /// The user lets go.
    End(String),
    /// For the worker.
    Command(Command),
    /// MIDI of a part is carried out of the window.
    Carry(Scope),
    /// Zoom of the whole window, percent.
    Zoom(u16),
}

/// Wishes of one frame, in order.
#[derive(Default, Debug)]
pub struct Outbox {
    /// In order.
    pub wishes: Vec<Wish>,
}

impl Outbox {
    /// The user takes hold of `id`.
    pub fn begin(&mut self, id: &str) {
        self.wishes.push(Wish::Begin(id.to_owned()));
    }
    /// The user moves `id`.
    pub fn set(&mut self, id: &str, value: f32) {
        self.wishes.push(Wish::Set(id.to_owned(), value));
    }
    /// The user lets go of `id`.
    pub fn end(&mut self, id: &str) {
        self.wishes.push(Wish::End(id.to_owned()));
    }
    /// One change with its gesture around it.
    pub fn change(&mut self, id: &str, value: f32) {
        self.begin(id);
        self.set(id, value);
        self.end(id);
    }
    /// For the worker.
    pub fn command(&mut self, command: Command) {
        self.wishes.push(Wish::Command(command));
    }
}
