"""What every part of `scenarios` uses: errors, progress, files, the installation."""
