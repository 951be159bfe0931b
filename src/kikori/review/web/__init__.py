"""The reviewer's pages, and the templates of what is written for people to read."""
