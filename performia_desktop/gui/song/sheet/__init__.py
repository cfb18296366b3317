"""The chart on a surface: laid out once, for the window, the stage and paper."""
