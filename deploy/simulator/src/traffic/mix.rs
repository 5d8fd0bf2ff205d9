//! Which stories are played how often.

use crate::{CATALOGUE, Random, SimulatorError, Story};

/// Stories with their weights.
#[derive(Clone, Debug)]
pub struct Mix {
    weights: Vec<(&'static Story, u32)>,
}

impl Default for Mix {
    /// All stories with the catalogue's weights.
    fn default() -> Self {
        Self {
            weights: CATALOGUE
                .iter()
                .map(|story| (story, story.weight))
                .collect(),
        }
    }
}

impl Mix {
    /// These stories only, equally often.
    pub fn only(names: &[&str]) -> Result<Self, SimulatorError> {
        let none = Self {
            weights: CATALOGUE.iter().map(|story| (story, 0)).collect(),
        };
        names.iter().try_fold(none, |mix, name| mix.with(name, 1))
    }

    /// The same with another weight for one story; 0 leaves it out.
    pub fn with(mut self, name: &str, weight: u32) -> Result<Self, SimulatorError> {
        let found = self
            .weights
            .iter_mut()
            .find(|(story, _)| story.name == name);
        let (_, old) = found.ok_or_else(|| SimulatorError::UnknownStory(name.to_owned()))?;
        *old = weight;
        Ok(self)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.total_weight() == 0
    }

    /// One story by chance; none of an empty mix.
    pub(super) fn pick(&self, random: &mut Random) -> Option<&'static Story> {
        let mut at = random.below(self.total_weight());
        for (story, weight) in &self.weights {
            match at.checked_sub(u64::from(*weight)) {
                None => return Some(story),
                Some(rest) => at = rest,
            }
        }
        None
    }

    fn total_weight(&self) -> u64 {
        self.weights
            .iter()
            .map(|(_, weight)| u64::from(*weight))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_come_as_often_as_they_weigh() {
        let mix = Mix::only(&["tip", "fuel"])
            .unwrap()
            .with("fuel", 3)
            .unwrap();
        let mut random = Random::new(9);
        let played: Vec<&str> = (0..4000)
            .map(|_| mix.pick(&mut random).unwrap().name)
            .collect();
        let fuel = played.iter().filter(|name| **name == "fuel").count();
        assert!((2850..3150).contains(&fuel), "{fuel}");
        assert!(played.iter().all(|name| ["tip", "fuel"].contains(name)));
    }

    #[test]
    fn an_unknown_story_is_refused() {
        assert!(matches!(
            Mix::only(&["tipp"]),
            Err(SimulatorError::UnknownStory(_))
        ));
        assert!(Mix::only(&[]).unwrap().is_empty());
    }
}
