"""The commands of `abonement`, one file per matter. Operators read them: they are in English."""
